import type { Value } from '../core/frame.ts';
import type { Role } from '../core/roles.ts';
import type { DateSql } from './parse-date.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident, list, literal } from '../engine/sql.ts';
import type { EventSchema } from './event-schema.ts';
import { fileEvent, isSales, isShare } from './event-schema.ts';
import { isSaleSql, kindSql, readingOf } from './event-kind.ts';
import type { Dictionary, Lookup } from './ids.ts';
import type { Col, FilePlan } from './plan.ts';
import { col, dateOf, numberOf } from './plan.ts';
import { idSql, textSql } from './raw.ts';
import { isCancelled } from './value-words.ts';
import { toUtcSql, toWallSql, zoneSteps } from './zone.ts';

export interface Dictionaries {
  user: Dictionary;
  product: Dictionary;
  order: Dictionary;
  session: Dictionary | null;
}
/** What rows of events need beyond their own file. */
export interface EventContext {
  schema: EventSchema;
  ids: Dictionaries;
  zone: string;
  /** A table of users with signup_at is there: steps of a funnel without a date take it. */
  signup: boolean;
  /** Ends of what is written: the next row and the next order without a number. */
  next: { row: number; ord: number };
  /** SQL condition on f.line for rows left out as doubled, per file; '' if none are. */
  dropped: ReadonlyMap<FilePlan, string>;
  /** Rows that one statement inserts: what is not yet compressed bounds the memory. */
  rowsAtOnce: number;
  opts: QueryOptions | undefined;
}

/** The kinds of occasion are kept apart: sessions from 0, orders from 2^32, instants from 2^60. */
const ORDERS = 2 ** 32;
const INSTANTS = '1152921504606846976';

/** Creates the table of events with the columns that the files have. */
export async function createEvents(engine: Engine, c: EventContext): Promise<void> {
  const { schema, ids } = c;
  const has = (role: Role): boolean => schema.files.some((f) => col(f, role));
  const columns: (string | false)[] = [
    'row UINTEGER',
    'src UTINYINT',
    'line UINTEGER',
    'u UINTEGER',
    'p UINTEGER',
    'utc TIMESTAMP',
    'ts TIMESTAMP',
    `event ${schema.event.type}`,
    `amount ${schema.money.amount}`,
    `quantity ${schema.quantity}`,
    has('discount') && `discount ${schema.money.discount}`,
    has('price') && `price ${schema.money.price}`,
    has('rating') && 'rating DOUBLE',
    'ord UINTEGER',
    'occ BIGINT',
    ids.order.rows > 0 && 'o UINTEGER',
    ...schema.columns.map((x) => `${ident(x.name).text} ${x.type}`),
  ];
  await engine.exec(`CREATE OR REPLACE TABLE z.n_events (${columns.filter((x) => x !== false).join(', ')})`, c.opts);
}

/** Appends the rows of one file of events. */
export async function insertEvents(engine: Engine, file: FilePlan, c: EventContext): Promise<void> {
  const cancelled = await cancelledWords(engine, file, c.opts);
  const letters = await lettersCount(engine, file, c.opts);
  for (const lines of await parts(engine, file, c.rowsAtOnce, c.opts)) {
    await engine.exec(`INSERT INTO z.n_events BY NAME ${eventsSql(file, c, { cancelled, letters, lines })}`, c.opts);
    await engine.exec('CHECKPOINT z', c.opts);
    const frame = await engine.query('SELECT coalesce(max(row) + 1, 0), coalesce(max(ord) + 1, 0) FROM z.n_events', c.opts);
    const [row, ord] = frame.columns.map((x) => Number((x as ArrayLike<Value>)[0]));
    c.next = { row: row!, ord: Math.max(ord!, c.next.ord) };
  }
}

/** SQL conditions on the lines of a file that cut it into parts, in order; one that is always true for most files. */
async function parts(engine: Engine, file: FilePlan, rowsAtOnce: number, opts?: QueryOptions): Promise<string[]> {
  const n = Math.ceil(file.facts.rows / rowsAtOnce);
  if (n <= 1) return ['true'];
  const frame = await engine.query(`SELECT min(line), max(line) FROM ${file.table}`, opts);
  const [first, last] = frame.columns.map((x) => Number((x as ArrayLike<Value>)[0]));
  const bound = (i: number): number => first! + Math.floor((i * (last! - first! + 1)) / n);
  return Array.from({ length: n }, (_, i) => `f.line >= ${bound(i)} AND f.line < ${bound(i + 1)}`);
}

const NO_ORDINAL = 'CAST(NULL AS UINTEGER)';

/** What is known of a file before its rows are read: words of status that undo an order, whether letters before numbers count, and which lines. */
interface Reading {
  cancelled: readonly string[];
  letters: boolean;
  lines: string;
}

function eventsSql(file: FilePlan, c: EventContext, how: Reading): string {
  const { schema } = c;
  const { cancelled, letters } = how;
  const sales = isSales(file);
  const lit = (kind: string): string => (schema.event.values ? `CAST(${literal(kind).text} AS ${schema.event.type})` : literal(kind).text);
  const { inner, from } = rowsSql(file, c, how, sales ? 'purchase' : fileEvent(file), lit);
  const kind = kindSql(readingOf(file, sales, letters), lit);
  const zone = col(file, 'at')?.zone ?? c.zone;
  const money = `SELECT *, ${utcSql(inner.date, zone)} AS utc, ${sales ? 'true' : isSaleSql(lit)} AS sale FROM (SELECT ${inner.columns.join(', ')} FROM ${from})`;
  const amount = `SELECT *, ${amountSql(schema.money.amount)} AS amount FROM (SELECT *, ${discountSql(col(file, 'discount'), schema.money.discount)} AS discount FROM (${money}))`;
  const read = `SELECT *, ${kind} AS kind, ${toWallSql(zoneSteps(c.zone), 'utc')} AS ts FROM (${amount})`;
  const back = cancelled.length > 0;
  return `SELECT ${finalColumns(file, c, back, lit).join(', ')} FROM (${read})${back ? ` WHERE back = 0 OR kind = ${lit('purchase')}` : ''}`;
}

/** The rows of a file with every cell read once: what the layers above it name. */
function rowsSql(file: FilePlan, c: EventContext, how: Reading, word: string, lit: (kind: string) => string) {
  const { schema, ids } = c;
  const { cancelled, letters } = how;
  const source = (role: Role): Col | undefined => col(file, role);
  const look = (d: Dictionary | null, role: Role, as: string): Lookup | null => (d && source(role) ? d.lookup(source(role)!, as) : null);
  const [u, p, o, s] = [
    look(ids.user, 'user_id', 'iu'),
    look(ids.product, 'product_id', 'ip'),
    look(ids.order, 'order_id', 'io'),
    look(ids.session, 'session_id', 'ise'),
  ];
  const number = (role: Role, type = 'DOUBLE'): string => (source(role) ? numberOf(source(role)!, type) : `CAST(NULL AS ${type})`);
  const [at, order, event] = [source('at'), source('order_id'), source('event')];
  const late = !at && file.mapping.shape === 'funnel' && c.signup && u;
  const date: DateSql | null = at ? dateOf(at) : late ? { ts: 'nu.signup_at', instant: 'false', allInstant: false, noneInstant: true } : null;
  const gaps = order !== undefined && order.facts.known < file.facts.rows;
  const columns = [
    'f.k',
    'f.line',
    `${gaps ? 'f.kn' : '0'} AS kn`,
    `${cancelled.length > 0 ? 'b.back' : '0'} AS back`,
    `${u?.ordinal ?? NO_ORDINAL} AS u`,
    `${p?.ordinal ?? NO_ORDINAL} AS p`,
    `${o?.ordinal ?? NO_ORDINAL} AS o`,
    `${s?.ordinal ?? NO_ORDINAL} AS s`,
    `${date?.ts ?? 'CAST(NULL AS TIMESTAMP)'} AS t`,
    `${date?.instant ?? 'true'} AS instant`,
    `${number('quantity')} AS q`,
    `${number('price')} AS price`,
    `${number('amount', schema.money.amount)} AS given`,
    `${number('discount')} AS off`,
    `${number('rating')} AS rating`,
    `${o && letters ? o.text : 'CAST(NULL AS VARCHAR)'} AS invoice`,
    `${event ? schema.event.of(event) : lit(word)} AS word`,
    ...schema.columns.map((x) => `${x.sources.has(file) ? x.of(x.sources.get(file)!) : `CAST(NULL AS ${x.type})`} AS ${ident(x.name).text}`),
  ];
  const without = gaps ? `, CAST(count(*) FILTER (${o!.text} IS NULL) OVER (ROWS UNBOUNDED PRECEDING) AS UINTEGER) AS kn` : '';
  const status = source('status');
  const twice = cancelled.length > 0 && status ? `JOIN (VALUES (0), (1)) b(back) ON b.back = 0 OR ${textSql(status)} IN ${list(cancelled).text}` : '';
  const signup = late ? `LEFT JOIN z.n_users nu ON nu.u = ${u.ordinal}` : '';
  const base = `(SELECT *, CAST(row_number() OVER () AS UINTEGER) AS k${without} FROM ${file.table} f WHERE ${how.lines}) f`;
  const joins = [file.join, u?.join, p?.join, o?.join, s?.join, signup, twice].filter((x) => x).join(' ');
  const dropped = c.dropped.get(file);
  return { inner: { columns, date }, from: `${base} ${joins}${dropped ? ` WHERE ${dropped}` : ''}` };
}

/** Values with an offset and epochs are instants, all others wall clock of the file's zone. */
function utcSql(date: DateSql | null, zone: string): string {
  const utc = toUtcSql(zoneSteps(zone), 't');
  if (!date || date.allInstant || utc === 't') return 't';
  return date.noneInstant ? utc : `CASE WHEN instant THEN t ELSE ${utc} END`;
}

/** Money off: as given, or that share of quantity × price (of the amount before it, where there is no price). */
function discountSql(discount: Col | undefined, type: string): string {
  if (!discount) return `CAST(NULL AS ${type})`;
  if (!isShare(discount)) return `CAST(abs(off) AS ${type})`;
  return `CAST(CASE WHEN price IS NOT NULL THEN abs(off) * coalesce(abs(q), 1) * abs(price) ELSE abs(given) * abs(off) / nullif(1 - abs(off), 0) END AS ${type})`;
}

/** Amount: as given, else quantity × price − discount on lines of a sale; magnitudes there, and as it stands in other events. */
const amountSql = (type: string): string =>
  `CASE WHEN sale THEN coalesce(abs(given), CAST(greatest(coalesce(abs(q), 1) * abs(price) - coalesce(discount, 0), 0) AS ${type})) ELSE given END`;

function finalColumns(file: FilePlan, c: EventContext, back: boolean, lit: (kind: string) => string): string[] {
  const { schema, ids, next } = c;
  const quantity = `CASE WHEN sale OR word = ${lit('cart')} THEN coalesce(abs(q), 1) ELSE abs(q) END`;
  const ord = col(file, 'order_id') ? `coalesce(o, ${next.ord} + kn - 1)` : `${next.ord} + k - 1`;
  const has = (role: Role): boolean => schema.files.some((f) => col(f, role));
  return [
    `CAST(${next.row} + ${back ? '2 * (k - 1) + back' : 'k - 1'} AS UINTEGER) AS row`,
    `${file.src} AS src`,
    'line',
    'u',
    'p',
    'utc',
    'ts',
    `${back ? `CASE WHEN back = 1 THEN ${lit('refund')} ELSE kind END` : 'kind'} AS event`,
    'amount',
    `CAST(${quantity} AS ${schema.quantity}) AS quantity`,
    ...(has('discount') ? ['discount'] : []),
    ...(has('price') ? [`CAST(abs(price) AS ${schema.money.price}) AS price`] : []),
    ...(has('rating') ? ['rating'] : []),
    `CAST(${ord} AS UINTEGER) AS ord`,
    `CAST(coalesce(s, ${ORDERS} + o, ${INSTANTS} + epoch_us(ts)) AS BIGINT) AS occ`,
    ...(ids.order.rows > 0 ? ['o'] : []),
    ...schema.columns.map((x) => ident(x.name).text),
  ];
}

/** Words of the status column that undo an order: a refund follows its purchase at the same instant. */
async function cancelledWords(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<string[]> {
  const status = col(file, 'status');
  if (!status || file.mapping.shape !== 'events' || status.facts.distinct > 1_000) return [];
  const frame = await engine.query(`SELECT DISTINCT ${textSql(status)} FROM ${status.home}`, opts);
  return Array.from(frame.columns[0] as ArrayLike<Value>, String).filter(isCancelled);
}

/** True if at least 95 % of the rows' invoice numbers are digits, so that a letter before one means something. */
async function lettersCount(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<boolean> {
  const order = col(file, 'order_id');
  if (!order || order.type !== 'VARCHAR' || order.facts.number === 1 || order.facts.number < 0.9) return false;
  const frame = await engine.query(
    `SELECT count(*) FILTER (regexp_full_match(v, '\\d+')) / nullif(count(v), 0) FROM (SELECT ${idSql(order)} AS v FROM ${order.home})`,
    opts,
  );
  return Number((frame.columns[0] as ArrayLike<Value>)[0] ?? 0) >= 0.95;
}
