/**
 * A number as people type it, British or plain: "1,234.5", "1 234", "−3", "45 %" (as 45), "€ 45". Null where it is none.
 * A lone comma followed by other than three digits is a decimal comma.
 */
export function parseNumber(text: string): number | null {
  let t = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/^[€$£¥]|[€$£¥%]$/g, '')
    .replace(/\u2212|\u2013/g, '-');
  if (/^[+-]?\d+,\d+$/.test(t) && !/^[+-]?\d{1,3},\d{3}$/.test(t)) t = t.replace(',', '.');
  t = t.replace(/,(?=\d{3}(\D|$))/g, '');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(t) ? Number(t) : null;
}
