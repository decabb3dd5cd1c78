import { tokens } from './name-score.ts';

const joined = (text: string): string => tokens(text).join('');
const set = (...lists: string[]): ReadonlySet<string> => new Set(lists.flatMap((l) => l.split(', ')).map(joined));

const DEVICE = set(
  'desktop, mobile, tablet, phone, smartphone, cell phone, cellphone, pc, computer, laptop, notebook, tv, smart tv, console, watch, web, app, mobile web, h5, mini program, kiosk',
  '手机, 电脑, 平板, 移动端, 小程序, 网页, pc端, handy, rechner, fernseher, móvil, ordenador, tableta, ordinateur, tablette, portable, celular, computador',
);
const OS = set(
  'ios, ipados, android, windows, win, macos, mac, osx, mac os, mac os x, linux, ubuntu, chromeos, chrome os, harmonyos, harmony, tizen, webos, 安卓, 苹果, 鸿蒙',
);
const CANCELLED = set(
  'cancelled, canceled, cancel, refunded, refund, returned, return, voided, charged back, chargeback, order cancelled, order canceled, order refunded',
  '已取消, 取消, 已退款, 退款, 已退货, 退货, storniert, abgebrochen, retourniert, erstattet, cancelado, anulado, devuelto, reembolsado, annulé, annulée, remboursé, remboursée, retourné, cancelada, devolvido, estornado',
);
const STATUS = set(
  'delivered, shipped, paid, pending, processing, in progress, completed, complete, done, invoiced, approved, created, unavailable, failed, open, closed, new, active, on hold, received, sent, confirmed, placed, unpaid, in transit',
  '已完成, 完成, 已发货, 待发货, 待付款, 已付款, 已支付, 未支付, 已签收, 待收货, 交易成功, 交易关闭, geliefert, versendet, versandt, bezahlt, offen, abgeschlossen, in bearbeitung',
  'entregado, enviado, pagado, pendiente, completado, en proceso, livré, livrée, expédié, expédiée, payé, payée, en attente, terminé, terminée, en cours, entregue, pago, pendente, concluído, em processamento',
);
const ARM = set(
  'control, ctrl, treatment, treated, test, variant, baseline, holdout, exposed, experiment, experimental, placebo, ad, psa, a, b, c, d, old page, new page, on, off',
  '对照组, 实验组, 对照, 实验, kontrolle, kontrollgruppe, testgruppe, variante, grupo de control, tratamiento, contrôle, témoin, traitement, controle, tratamento',
);
const YES_NO = set('yes, no, y, n, true, false, ja, nein, sí, si, oui, non, sim, não, nao, 是, 否, 有, 无');

const GENDER: Record<'female' | 'male' | 'other', ReadonlySet<string>> = {
  female: set('female, f, woman, w, weiblich, frau, 女, 女性, mujer, femenino, femme, féminin, mulher, feminino'),
  male: set('male, m, man, männlich, mann, 男, 男性, hombre, h, masculino, homme, masculin, homem'),
  other: set('other, x, d, divers, diverse, non binary, nonbinary, 其他'),
};
/** Words that say the gender is not known: they are values (definitions, section 1), and no sign against the role. */
const NO_GENDER = set(
  'unknown, not specified, unspecified, prefer not to say, not stated, none, u, 未知, 保密, unbekannt, keine angabe, desconocido, inconnu, non précisé, desconhecido, não informado',
);

const hasWord = (words: ReadonlySet<string>, value: string): boolean => words.has(joined(value)) || tokens(value).some((t) => words.has(t));

export const isDeviceWord = (value: string): boolean => hasWord(DEVICE, value);
export const isOsWord = (value: string): boolean => hasWord(OS, value);
/** True if an order of this status was undone: its purchase is followed by a refund. */
export const isCancelled = (value: string): boolean => CANCELLED.has(joined(value));
export const isStatusWord = (value: string): boolean => isCancelled(value) || STATUS.has(joined(value));
export const isArmWord = (value: string): boolean => hasWord(ARM, value);
export const isYesNo = (value: string): boolean => YES_NO.has(tokens(value)[0] ?? '');
export const isGenderWord = (value: string): boolean => genderOf(value) !== value || NO_GENDER.has(joined(value)) || value in GENDER;

/** female, male or other where the word is known in one of six languages (definitions, 3.1: gender); else the file's own word. */
export function genderOf(value: string): string {
  const word = joined(value);
  return (['female', 'male', 'other'] as const).find((g) => GENDER[g].has(word)) ?? value;
}
