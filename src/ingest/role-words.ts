import type { Role, TableName } from '../core/roles.ts';
import type { ValueTest } from './value-score.ts';

/** Languages of the header words, in the order in which they stand between the ` · ` of each line below. */
export const LANGUAGES = ['en', 'zh', 'de', 'es', 'fr', 'pt'] as const;

/** How values of other columns can speak for a role (R of definitions, section 2); see `relations.ts`. */
export type Relation = 'own user' | 'own product' | 'one order' | 'one user' | 'are users' | 'is product' | 'one per product' | 'below price';

export interface RoleWords {
  role: Role;
  tables: readonly TableName[];
  /** Header words of all languages. */
  words: readonly string[];
  /** The best test that passes gives V; none passes: V = 0. */
  tests: readonly ValueTest[];
  relation?: Relation;
  /** Tokens that forbid the name: N = 0. */
  forbids: readonly string[];
  /** Several columns of one file may take the role. */
  many: boolean;
  /** May be guessed from values alone. */
  nameless: boolean;
}

const TABLE: Record<string, TableName> = { U: 'users', P: 'products', E: 'events', X: 'edges', M: 'media', O: 'outcomes' };
type Extra = Partial<Pick<RoleWords, 'relation' | 'many' | 'nameless'>> & { forbids?: string };

function line(role: Role, tables: string, words: string, tests: readonly ValueTest[], extra: Extra = {}): RoleWords {
  return {
    role,
    tables: tables.split(' ').map((t) => TABLE[t]!),
    words: words.split(/, | · /).filter((w) => w !== ''),
    tests,
    forbids: extra.forbids?.split(' ') ?? [],
    many: extra.many ?? false,
    nameless: extra.nameless ?? false,
    ...(extra.relation ? { relation: extra.relation } : {}),
  };
}

const ID: ValueTest = { test: 'id', v: 0.6 };
const NUMBER: ValueTest = { test: 'number', v: 0.6 };
const WHOLE: ValueTest = { test: 'whole', v: 0.6 };
const TEXT: ValueTest = { test: 'text', v: 0.6 };
const DATE: ValueTest = { test: 'date', v: 1 };
const some = (most: number): ValueTest => ({ test: 'text', v: 0.6, most });
const any = (most: number): ValueTest => ({ test: 'cat', v: 0.6, most });

// prettier-ignore
/** The table of definitions, section 2, line by line: role, tables, names (en · zh · de · es · fr · pt), V, R. Its order settles ties. */
export const ROLE_WORDS: readonly RoleWords[] = [
  line('user_id', 'U E X O', 'user id, uid, user, customer id, customer, customer no, cust id, client id, client, member id, member, visitor id, visitor, account id, buyer id, cookie id · 用户, 用户id, 用户编号, 客户, 客户id, 客户编号, 客户号, 会员, 会员号, 会员id, 买家 · kunde, kundennummer, kundennr, kunden id, nutzer id · usuario, id usuario, cliente, id cliente, codigo cliente · utilisateur, id client, numero client · usuario, id do cliente, codigo do cliente', [ID], { relation: 'own user', forbids: 'name type count segment group' }),
  line('product_id', 'P E', 'product id, product, item id, item, sku, stock code, asin, article no, article, goods id, movie id · 商品, 商品id, 商品编号, 产品id, 货号 · artikel, artikelnummer, artikelnr, produkt id, produktnr · producto, id producto, articulo, codigo producto · produit, id produit, reference · produto, id do produto, codigo do produto', [ID, { test: 'text', v: 0.4 }], { relation: 'own product', forbids: 'name count type weight length category' }),
  line('order_id', 'E', 'order id, order no, order, invoice no, invoice, transaction id, receipt, basket id, ticket · 订单, 订单号, 订单编号, 订单id, 交易号 · bestellnummer, bestellnr, bestellung, auftragsnummer, auftrag, rechnungsnummer, belegnummer · pedido, numero pedido, factura · commande, numero commande, facture · pedido, numero do pedido, nota fiscal', [ID], { relation: 'one order', forbids: 'item status count' }),
  line('session_id', 'E', 'session id, session, visit id, user session · 会话, 会话id · sitzung · sesion · visite · sessao', [ID], { relation: 'one user' }),
  line('event_id', 'E', 'event id, insert id, message id, uuid · 事件id · ereignis id · id evento · id evenement · id do evento', [{ test: 'unique id', v: 0.6 }]),
  line('referrer_id', 'U', 'referrer, referrer id, referred by, inviter, inviter id · 推荐人, 邀请人 · geworben von, empfohlen von · referido por · parrain, parraine par · indicado por', [ID], { relation: 'are users' }),
  line('other_id', 'X', 'other id, friend id, friend, target, to user, to id, followee, dst · 好友, 好友id, 被邀请人 · freund · amigo · ami · amigo', [ID], { relation: 'are users' }),
  line('media_id', 'M', 'media id, media, media name, publisher, ad network, placement · 媒体, 投放媒体 · werbetraeger, werbetrager · medio, soporte · support, regie · midia, veiculo', [TEXT]),
  line('kind', 'X', 'kind, relation, relation type, edge type · 关系, 关系类型 · beziehung · relacion · lien · relacao', [some(30)]),
  line('experiment', 'O', 'experiment, test, campaign test · 实验 · experiment · experimento · experience · experimento', [TEXT]),
  line('value', 'O', 'value, outcome value, result · 结果 · ergebnis · resultado · resultat · resultado', [NUMBER]),
  line('at', 'E X O', 'at, time, timestamp, date, datetime, event time, order date, purchase date, invoice date, transaction date, order purchase timestamp, created at · 时间, 日期, 下单时间, 支付时间, 交易时间 · datum, zeit, bestelldatum, rechnungsdatum · fecha, fecha pedido · date commande, date achat, horodatage · data, data do pedido', [DATE], { nameless: true, forbids: 'limit estimated updated deleted delivered approved expiry' }),
  line('event', 'E', 'event, event type, event name, action, activity, behavior type, behavior, behaviour · 行为, 行为类型, 事件 · ereignis, aktion · evento, accion · evenement · evento, acao', [{ test: 'event words', v: 1 }, any(200)], { nameless: true }),
  line('amount', 'E', 'amount, total, total price, line total, revenue, sales, value, payment value, gmv, paid, spend, dollars · 金额, 总价, 实付金额, 支付金额, 销售额 · betrag, summe, umsatz, gesamtpreis · importe, monto · montant · valor, valor total', [NUMBER], { relation: 'is product', forbids: 'freight shipping delivery tax vat fee tip' }),
  line('quantity', 'E', 'quantity, qty, units · 数量, 件数 · menge, anzahl, stueck, stuck · cantidad, unidades · quantite, qte · quantidade, qtd', [WHOLE]),
  line('discount', 'E', 'discount, coupon amount, promo, rebate · 折扣, 优惠, 优惠金额 · rabatt, nachlass · descuento · remise, reduction · desconto', [NUMBER]),
  line('price', 'P E', 'price, unit price, list price, sale price · 价格, 单价 · preis, einzelpreis, stueckpreis, stuckpreis · precio, precio unitario · prix, prix unitaire · preco, preco unitario', [NUMBER]),
  line('rating', 'E', 'rating, score, stars, review score · 评分, 星级 · bewertung · puntuacion, valoracion · note, evaluation · avaliacao', [{ test: 'rating', v: 1 }]),
  line('query', 'E', 'query, search term, search query, keyword · 搜索词, 关键词 · suchbegriff · busqueda, termino · requete, recherche · busca, termo', [TEXT]),
  line('status', 'E', 'status, order status, state of order · 状态, 订单状态 · bestellstatus · estado pedido · statut · situacao', [{ test: 'status words', v: 1 }, some(30)]),
  line('device', 'E U', 'device, device type, terminal · 设备, 终端 · geraet, gerat · dispositivo · appareil · dispositivo', [{ test: 'device words', v: 1 }, any(200)]),
  line('os', 'E U', 'os, operating system, platform · 操作系统, 系统 · betriebssystem · sistema operativo · systeme exploitation · sistema operacional', [{ test: 'os words', v: 1 }, any(50)]),
  line('channel', 'E', 'channel, traffic source, source, utm source, medium, utm medium · 渠道, 来源 · kanal, quelle · canal, origen · canal · canal, origem', [some(200)]),
  line('campaign', 'E', 'campaign, utm campaign, promotion · 活动, 营销活动 · kampagne · campana · campagne · campanha', [some(1000)]),
  line('gender', 'U', 'gender, sex · 性别 · geschlecht · genero, sexo · sexe, genre · sexo', [{ test: 'gender words', v: 1 }], { nameless: true }),
  line('age', 'U', 'age · 年龄 · alter · edad · age · idade', [{ test: 'age bands', v: 1 }, { test: 'age', v: 0.6 }]),
  line('country', 'U E', 'country, nation · 国家 · land · pais · pays · pais', [{ test: 'countries', v: 1 }, some(250)], { nameless: true }),
  line('region', 'U E', 'region, state, province, county · 省, 省份, 地区 · bundesland · provincia, comunidad, estado · departement · estado, uf', [some(500)]),
  line('city', 'U E', 'city, town · 城市 · stadt, ort · ciudad · ville · cidade, municipio', [TEXT]),
  line('postcode', 'U E', 'zip, zip code, postcode, postal code · 邮编 · plz, postleitzahl · codigo postal · code postal · cep', [{ test: 'postcode', v: 0.6 }]),
  line('occupation', 'U', 'occupation, job, profession · 职业 · beruf · ocupacion, profesion · metier · profissao, ocupacao', [some(200)]),
  line('education', 'U', 'education, degree · 学历, 教育 · bildung, abschluss · educacion, estudios · diplome, etudes · escolaridade, educacao', [some(30)]),
  line('marital', 'U', 'marital, marital status · 婚姻, 婚姻状况 · familienstand · estado civil · etat civil, situation familiale · estado civil', [some(12)]),
  line('income', 'U', 'income, salary, annual income · 收入, 年收入 · einkommen, gehalt · ingresos, salario · revenu, salaire · renda, salario', [NUMBER, any(30)]),
  line('deposit', 'U', 'deposit, balance, savings, account balance, aum · 存款, 余额, 资产 · guthaben, einlage, kontostand · saldo, deposito · solde, epargne, depot · saldo, deposito', [NUMBER]),
  line('signup_at', 'U', 'signup at, signup date, registered, registered at, registration date, join date, joined, member since, created at · 注册时间, 注册日期 · registrierungsdatum, anmeldedatum · fecha registro, fecha alta · date inscription · data de cadastro, cadastro', [DATE]),
  line('launched_at', 'P', 'launched at, launch date, release date, on sale date · 上架时间, 上市日期 · einfuehrungsdatum, einfuhrungsdatum · fecha lanzamiento · date de lancement · data de lancamento', [DATE]),
  line('birth_date', 'U', 'birth date, birthday, dob, date of birth · 出生日期, 生日 · geburtsdatum, geburtstag · fecha nacimiento, fecha de nacimiento · date de naissance, naissance · data de nascimento, nascimento', [{ test: 'birth date', v: 1 }]),
  line('signup_channel', 'U', 'signup channel, acquisition channel, acquisition source, source, channel · 注册渠道, 来源渠道 · herkunft · canal alta · canal acquisition · canal de cadastro', [some(100)]),
  line('tenure', 'U', 'tenure, months with us, account age · 在网时长, 在网月数 · vertragsdauer · antiguedad · anciennete · tempo de casa', [{ test: 'not negative', v: 0.6 }]),
  line('email', 'U', 'email, e mail, mail · 邮箱 · email adresse · correo, correo electronico · courriel · email', [{ test: 'email', v: 1 }], { nameless: true }),
  line('phone', 'U', 'phone, mobile, tel, telephone · 手机, 手机号, 电话 · telefon, handy · telefono · telephone · telefone, celular', [{ test: 'phone', v: 1 }]),
  line('consent', 'U', 'consent, opt in, newsletter, gdpr · 同意 · einwilligung · consentimiento · consentement · consentimento', [{ test: 'two values', v: 0.6 }]),
  line('name', 'P', 'name, product name, title, description, item name · 名称, 商品名称, 品名 · bezeichnung, artikelbezeichnung · nombre, descripcion · nom, designation, libelle · nome, descricao', [TEXT], { relation: 'one per product', forbids: 'first last user customer' }),
  line('category', 'P', 'category, category name, category code, category id, department, genre, product type · 类目, 品类, 分类 · kategorie, warengruppe · categoria · categorie, rayon · categoria', [{ test: 'path', v: 1 }, any(2000)], { many: true }),
  line('brand', 'P', 'brand, manufacturer, label · 品牌 · marke, hersteller · marca · marque · marca, fabricante', [TEXT]),
  line('style', 'P', 'style, design · 风格, 款式 · stil · estilo · style · estilo', [some(200)]),
  line('risk_level', 'P', 'risk, risk level, risk class · 风险等级 · risikoklasse · nivel riesgo · niveau risque · nivel risco', [any(10)]),
  line('cost', 'P', 'cost, unit cost, cogs · 成本, 进价 · kosten, einkaufspreis · coste, costo · cout, prix achat · custo', [NUMBER], { relation: 'below price' }),
  line('competitor_price', 'P', 'competitor price, competitor, market price · 竞品价格, 竞争价 · wettbewerbspreis · precio competencia · prix concurrent · preco concorrente', [NUMBER], { many: true }),
  line('stock', 'P', 'stock, stock on hand, inventory · 库存 · lagerbestand, bestand · existencias · stock disponible · estoque', [WHOLE]),
  line('reach', 'M', 'reach, impressions, audience · 触达, 曝光 · reichweite · alcance · portee, audience · alcance', [NUMBER]),
  line('cpm', 'M', 'cpm', [NUMBER]),
  line('cpc', 'M', 'cpc', [NUMBER]),
  line('ctr', 'M', 'ctr', [NUMBER]),
  line('cvr', 'M', 'cvr, conversion rate', [NUMBER]),
  line('variant', 'O', 'variant, group, version, bucket, arm, treatment · 分组, 实验组 · variante, gruppe · variante, grupo · groupe · variante, grupo', [{ test: 'arm words', v: 1 }, { test: 'two to ten', v: 0.6 }]),
  line('label', 'O', 'churn, churned, is churn, subscribed, subscription, converted, conversion, fraud, is fraud, retained, retention, target, label, y · 流失, 是否流失, 是否购买, 标签 · kuendigung, kundigung · abandono, baja · resiliation · cancelou, evasao', [{ test: 'two values', v: 1 }], { many: true }),
];

const BY_ROLE = new Map(ROLE_WORDS.map((w, i) => [w.role, { words: w, place: i }]));

/** Canonical tables that hold a role; mix columns belong to media. */
export const tablesOf = (role: Role): readonly TableName[] => (role.startsWith('mix:') ? ['media'] : (BY_ROLE.get(role)?.words.tables ?? []));

/** Place of a role in the table of definitions, which settles ties; mix columns come last. */
export const placeOf = (role: Role): number => BY_ROLE.get(role)?.place ?? ROLE_WORDS.length;

/** True if several columns of a file may take the role. */
export const isMany = (role: Role): boolean => role.startsWith('mix:') || (BY_ROLE.get(role)?.words.many ?? false);
