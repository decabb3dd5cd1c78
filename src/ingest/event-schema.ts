import type { ColumnType } from '../core/tables.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { eventKind } from './event-words.ts';
import type { Col, FilePlan } from './plan.ts';
import { attributes, col, dateOf, numberOf } from './plan.ts';
import type { TextColumn } from './text-column.ts';
import { textColumn } from './text-column.ts';

/** A column of events besides the fixed ones: its name, SQL type, and SQL from a source. */
export interface EventColumn {
  name: string;
  role: Role | null;
  type: string;
  kind: ColumnType;
  sources: Map<FilePlan, Col>;
  of: (c: Col) => string;
}
/** Which columns the table of events has in this data. */
export interface EventSchema {
  files: FilePlan[];
  money: { amount: string; price: string; discount: string };
  quantity: string;
  event: TextColumn;
  columns: EventColumn[];
}

export const TEXT_ROLES: readonly Role[] = ['device', 'os', 'channel', 'campaign', 'country', 'region', 'city', 'postcode', 'query', 'status'];
/** Columns without a role come along up to so many distinct values. */
const ATTRIBUTE_VALUES = 1_000;

/** Decimals of a column's values; 7, which is too many for money, where they are not known. */
export function scaleOf(c: Col | undefined): number {
  if (!c) return 0;
  const given = /^DECIMAL\(\d+,\s*(\d+)\)$/.exec(c.type)?.[1];
  if (given !== undefined) return Number(given);
  if (/INT|BOOLEAN/.test(c.type)) return 0;
  return c.facts.decimal?.scale ?? (c.type === 'VARCHAR' ? 0 : 7);
}
const largest = (c: Col | undefined): number => Math.max(1, ...(c?.facts.range ?? [1]).map(Math.abs));

/** DECIMAL(18, s) with the most decimals seen, at most 6 and only if the largest value fits; else DOUBLE. */
export function moneyType(scales: readonly number[], most: number): string {
  const s = Math.max(0, ...scales);
  return s <= 6 && most < 10 ** (17 - s) ? `DECIMAL(18, ${s})` : 'DOUBLE';
}

/** A discount whose largest value is at most 1 is a share of quantity × price. */
export const isShare = (c: Col): boolean => largest(c) <= 1;

/** The event of a file without a column for it: a log of ratings, else the one word that a step of a funnel holds, else the file's name less endings. */
export function fileEvent(file: FilePlan): string {
  if (col(file, 'rating') && !col(file, 'amount') && !col(file, 'price')) return 'rate';
  const constant =
    file.mapping.shape === 'funnel' ? file.cols.find((c) => c.role === null && c.facts.distinct === 1 && c.facts.samples[0]) : undefined;
  if (constant) return eventKind(constant.facts.samples[0]!) ?? constant.facts.samples[0]!;
  const stem = file.facts.name.replace(/\.(csv|tsv|txt|parquet|gz)/gi, '').replace(/_table$/i, '');
  return eventKind(stem) ?? stem;
}

/** True if every row of a file of events is a line of a sale (definitions, section 2: shape 4), false if it says otherwise what happened. */
export function isSales(file: FilePlan): boolean {
  if (file.mapping.shape !== 'events' || col(file, 'event')) return false;
  const roles: Role[] = ['amount', 'price', 'quantity', 'order_id'];
  return roles.some((r) => col(file, r)) && fileEvent(file) !== 'rate';
}

/** Kinds that the SQL of events names, whether rows of them come out or not. */
const NAMED_IN_SQL = ['purchase', 'refund', 'free', 'adjustment', 'cart', 'other'];

/** The columns of events over all files that feed it. */
export async function eventSchema(engine: Engine, files: FilePlan[], opts?: QueryOptions): Promise<EventSchema> {
  const all = (role: Role): Col[] => files.flatMap((f) => col(f, role) ?? []);
  const amounts = files.flatMap((f) => {
    const price = col(f, 'price');
    const discount = col(f, 'discount');
    const made = scaleOf(price) + scaleOf(col(f, 'quantity'));
    const off = discount ? scaleOf(discount) + (isShare(discount) ? made : 0) : 0;
    return [scaleOf(col(f, 'amount')), ...(price ? [made, off] : [])];
  });
  const most = Math.max(1, ...files.map((f) => Math.max(largest(col(f, 'amount')), largest(col(f, 'price')) * largest(col(f, 'quantity')))));
  const amount = moneyType(amounts, most);
  const discounts = all('discount');
  const whole = all('quantity').every((c) => scaleOf(c) === 0 && largest(c) < 2 ** 31);
  const named = files.filter((f) => !isSales(f) && !col(f, 'event') && f.mapping.shape !== 'baskets').map(fileEvent);
  const event = await textColumn(engine, all('event'), opts, (w) => eventKind(w) ?? w, [...NAMED_IN_SQL, ...named]);
  const columns: EventColumn[] = [];
  for (const role of TEXT_ROLES) {
    const sources = new Map(files.flatMap((f) => (col(f, role) ? [[f, col(f, role)!] as const] : [])));
    if (sources.size === 0) continue;
    const text = await textColumn(engine, [...sources.values()], opts);
    columns.push({ name: role, role, type: text.type, kind: 'text', sources, of: text.of });
  }
  columns.push(...(await attributeColumns(engine, files, opts)));
  return {
    files,
    money: {
      amount,
      price: moneyType(all('price').map(scaleOf), Math.max(1, ...all('price').map(largest))),
      discount: discounts.some(isShare) ? amount : moneyType(discounts.map(scaleOf), Math.max(1, ...discounts.map(largest))),
    },
    quantity: whole ? 'INTEGER' : 'DOUBLE',
    event,
    columns,
  };
}

async function attributeColumns(engine: Engine, files: FilePlan[], opts?: QueryOptions): Promise<EventColumn[]> {
  const groups = new Map<string, { name: string; sources: Map<FilePlan, Col> }>();
  for (const f of files.filter((x) => x.mapping.shape === 'events')) {
    for (const c of attributes(f)) {
      if (c.facts.known === 0 || c.facts.distinct > ATTRIBUTE_VALUES || isDate(c)) continue;
      const name = `attr:${c.facts.name}`;
      const group = groups.get(name.toLowerCase()) ?? { name, sources: new Map<FilePlan, Col>() };
      group.sources.set(f, c);
      groups.set(name.toLowerCase(), group);
    }
  }
  const out: EventColumn[] = [];
  for (const { name, sources } of groups.values()) out.push({ name, role: null, sources, ...(await attribute(engine, [...sources.values()], opts)) });
  return out;
}

const isDate = (c: Col): boolean => c.facts.date >= 0.95 && c.facts.number < 0.95;
/** Numbers, not codes: codes begin with zeros. */
const isCount = (c: Col): boolean => c.facts.number >= 0.95 && !c.facts.samples.some((v) => /^0\d/.test(v));

/** Type and SQL of a column without a role: number, date or text, as the whole of it reads. */
export async function attribute(
  engine: Engine,
  sources: readonly Col[],
  opts?: QueryOptions,
): Promise<{ type: string; kind: ColumnType; of: (c: Col) => string }> {
  if (sources.every(isCount)) return { type: 'DOUBLE', kind: 'number', of: (c) => numberOf(c) };
  if (sources.every(isDate)) return { type: 'TIMESTAMP', kind: 'date', of: (c) => dateOf(c).ts };
  const text = await textColumn(engine, sources, opts);
  return { type: text.type, kind: 'text', of: text.of };
}
