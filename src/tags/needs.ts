import type { DataFacts, TableColumn } from '../core/tables.ts';
import type { Role, TableName } from '../core/roles.ts';

/**
 * What must be mapped for a tag to exist. 'users.gender': a column; 'events:purchase': rows of that kind; 'events' or 'edges': a table with rows;
 * 'at': dated events; 'user': known users; 'orders': orders of several lines; 'hour': times of day; 'price': a price of products, mapped or from paid amounts. 'a|b': one of them is enough.
 */
export type Need = string;

/** A column by its name or its role (ids are kept as ordinals u, p, o; the time as utc). */
export const findColumn = (facts: DataFacts, table: TableName, name: string): TableColumn | undefined =>
  facts.tables[table]?.columns.find((c) => c.name === name || c.role === name);

/** One of them is enough; a file's own column (`users.attr:…`) may have any sign in its name and stands alone. */
const anyOf = (need: Need): string[] => (/^\w+\.attr:/.test(need) ? [need] : need.split('|'));

function parts(need: string): [TableName, string | undefined] {
  const dot = need.indexOf('.');
  return dot < 0 ? [need as TableName, undefined] : [need.slice(0, dot) as TableName, need.slice(dot + 1)];
}

/** Orders without an id of their own (baskets): fewer than rows. */
function ordersRepeat(facts: DataFacts): boolean {
  const ord = findColumn(facts, 'events', 'ord');
  return ord !== undefined && ord.distinct < 0.98 * ord.known;
}

function met(facts: DataFacts, need: string): boolean {
  if (need === 'at') return facts.firstEvent !== null;
  if (need === 'user') return facts.users > 0;
  if (need === 'orders') return findColumn(facts, 'events', 'order_id') !== undefined || ordersRepeat(facts);
  if (need === 'hour') return facts.firstEvent !== null && facts.hourKnown;
  if (need === 'price') return facts.priced || (findColumn(facts, 'products', 'price')?.known ?? 0) > 0;
  if (need.startsWith('events:')) return (facts.events[need.slice('events:'.length)] ?? 0) > 0;
  const [table, column] = parts(need);
  if (!column) return (facts.tables[table]?.rows ?? 0) > 0;
  return (findColumn(facts, table, column)?.known ?? 0) > 0;
}

/** True if every need is met. */
export const exists = (facts: DataFacts, needs: readonly Need[]): boolean => needs.every((n) => anyOf(n).some((one) => met(facts, one)));

/** The unmet needs in words: "a column with the price of a product". */
export const missing = (facts: DataFacts, needs: readonly Need[]): string[] =>
  needs.filter((n) => !anyOf(n).some((one) => met(facts, one))).map((n) => anyOf(n).map(needWords).join(', or '));

/** The column behind a need that is not written as one. */
const MET_BY: Record<string, [TableName, string]> = {
  at: ['events', 'at'],
  hour: ['events', 'at'],
  user: ['events', 'user_id'],
  orders: ['events', 'order_id'],
  price: ['products', 'price'],
};
/** Needs in words, met or not, and the columns of the files that meet them. */
export const needsInWords = (facts: DataFacts, needs: readonly Need[]): { words: string; from: string[] }[] =>
  needs.map((need) => {
    const all = anyOf(need);
    const columns = all.flatMap((one) => {
      const [table, column] = MET_BY[one] ?? parts(one);
      return (column ? findColumn(facts, table, column)?.from : undefined) ?? [];
    });
    return { words: all.map(needWords).join(', or '), from: [...new Set(columns)] };
  });

/** The roles that a sentence of `missing` speaks of, so that a column can be offered for them. */
export const rolesNamed = (sentence: string): Role[] =>
  (Object.entries(COLUMNS) as [Role, string][]).flatMap(([role, words]) =>
    sentence.split(', or ').includes(`a column with ${words}`) ? [role] : [],
  );

const KINDS: Record<string, string> = {
  purchase: 'purchases: rows with an amount, or an event that means bought',
  refund: 'refunds: negative quantities or amounts, or an event that means returned',
  view: 'events that mean viewed',
  cart: 'events that mean added to the basket',
  search: 'events that mean searched',
  rate: 'ratings',
};
const COLUMNS: Partial<Record<Role, string>> = {
  gender: 'the gender of a user',
  age: 'the age of a user',
  birth_date: 'the date of birth of a user',
  country: 'the country of a user',
  region: 'the region of a user',
  city: 'the city of a user',
  postcode: 'the postcode of a user',
  occupation: 'the occupation of a user',
  education: 'the education of a user',
  marital: 'the marital status of a user',
  income: 'the income of a user',
  deposit: 'the deposit of a user',
  signup_at: 'the date a user signed up',
  signup_channel: 'the channel a user signed up through',
  tenure: 'how long a user has been with you',
  email: 'an e-mail address',
  phone: 'a phone number',
  consent: 'whether a user agreed to be contacted',
  referrer_id: 'who referred a user',
  amount: 'the amount paid',
  quantity: 'how many were bought',
  discount: 'the discount given',
  rating: 'a rating',
  query: 'what was searched for',
  device: 'the device used',
  os: 'the operating system used',
  channel: 'the channel of an event',
  campaign: 'the campaign of an event',
  product_id: 'the product of an event',
  session_id: 'the session of an event',
  order_id: 'the order of a line',
  name: 'the name of a product',
  category: 'the category of a product',
  brand: 'the brand of a product',
  style: 'the style of a product',
  price: 'the price of a product',
  cost: 'the cost of a product',
  competitor_price: 'the price a competitor asks',
  stock: 'the stock of a product',
  launched_at: 'the launch date of a product',
  risk_level: 'the risk level of a product',
};
const TABLES: Record<TableName, string> = {
  users: 'a table of users',
  products: 'a table of products',
  events: 'a table of events or orders',
  edges: 'links between users: referrals, follows, gifts',
  media: 'a table of media',
  outcomes: 'a table of outcomes',
};

/** One need in words. */
function needWords(need: string): string {
  if (need === 'at') return 'a column with the time of an event';
  if (need === 'user') return 'a column that says which user';
  if (need === 'orders') return `a column with ${COLUMNS.order_id}`;
  if (need === 'hour') return 'times of day, not dates alone';
  if (need === 'price') return `a column with ${COLUMNS.price}`;
  const kind = need.startsWith('events:') ? need.slice('events:'.length) : null;
  if (kind !== null) return KINDS[kind] ?? `events of kind ${kind}`;
  const [table, column] = parts(need);
  if (!column) return TABLES[table];
  if (column.startsWith('attr:')) return `the column “${column.slice('attr:'.length)}”`;
  return `a column with ${COLUMNS[column as Role] ?? `“${column}”`}`;
}
