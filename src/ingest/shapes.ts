import { listed } from '../core/sentence.ts';
import type { FileShape } from '../core/files.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { FileGuesses } from './candidates.ts';
import type { ColumnLook } from './look.ts';
import { DEMOGRAPHIC } from './relations.ts';
import { count, percent, plural } from './say.ts';

/** What the shape rules need beyond scores: answers of SQL over the whole file. */
export interface ShapeFacts {
  /** Share of distinct cells that occur in several columns (files without header), and whether the file holds one delimited cell per row. */
  cellsInSeveral: number;
  delimited: boolean;
}
export interface Shape {
  shape: FileShape;
  tables: TableName[];
  why: string;
  /** Roles by position, where there is no header. */ byPlace?: Map<ColumnLook, Role>;
}

const OUTCOME_ROLES: readonly Role[] = ['user_id', 'experiment', 'variant', 'at', 'value', 'label'];
const WITHOUT_ID: readonly Role[] = ['gender', 'age', 'birth_date', 'occupation', 'marital', 'education', 'income', 'city'];
const GOODS: readonly Role[] = ['name', 'category', 'brand', 'style', 'price', 'cost', 'stock'];

/** Best column and score per role of one file. A person's choice counts as 1. */
class Best {
  readonly #best = new Map<Role, { column: ColumnLook; s: number }>();
  constructor(file: FileGuesses, chosen: ReadonlyMap<ColumnLook, Role | null>) {
    for (const { column, guesses } of file.columns) {
      const own = chosen.get(column);
      if (own) this.#best.set(own, { column, s: 1 });
      else if (own === undefined)
        for (const g of guesses) if (g.score > (this.#best.get(g.role)?.s ?? 0)) this.#best.set(g.role, { column, s: g.score });
    }
  }
  column = (role: Role, least = 0.6): ColumnLook | undefined => {
    const b = this.#best.get(role);
    return b && b.s >= least - 1e-9 ? b.column : undefined;
  };
  has = (role: Role, least = 0.6): boolean => this.column(role, least) !== undefined;
  any = (roles: readonly Role[]): Role | undefined => roles.find((r) => this.has(r));
  count = (roles: readonly Role[]): number => new Set(roles.map((r) => this.column(r)).filter((c) => c !== undefined)).size;
}

const repeats = (c: ColumnLook): boolean => c.known > 0 && c.distinct < 0.95 * c.known;
const unique = (c: ColumnLook): boolean => c.known > 0 && c.distinct >= 0.999 * c.known;
const constant = (c: ColumnLook): boolean => c.distinct === 1 && c.numbers === 0 && c.dates === 0;

/**
 * Which shape a file has: the first rule that matches on the best scores (definitions, section 2: shape of a file). Outcomes are asked for before
 * events, since a table of arms may repeat its users.
 */
export function shapeOf(file: FileGuesses, facts: ShapeFacts, chosen: ReadonlyMap<ColumnLook, Role | null> = new Map()): Shape {
  const best = new Best(file, chosen);
  const { has, column } = best;
  const columns = file.columns.map((c) => c.column);
  const user = column('user_id');
  const weakUser = column('user_id', 0.5);
  const cost = best.any(['reach', 'cpm', 'cpc', 'ctr', 'cvr']);
  if ((cost || columns.some((c) => c.name.startsWith('mix:'))) && has('media_id', 0.4)) {
    return { shape: 'media', tables: ['media'], why: `A table of media: each row is one medium${cost ? ` with its ${cost}` : ''}.` };
  }
  const other = best.any(['other_id', 'referrer_id']);
  if (columns.length <= 5 && has('user_id', 0.4) && other && !has('product_id') && !has('amount') && !best.any(DEMOGRAPHIC)) {
    return {
      shape: 'edges',
      tables: ['edges'],
      why: `Links between users: each row joins a user with ${other === 'other_id' ? 'another' : 'the one who referred them'}.`,
    };
  }
  const outcomes = outcomesShape(file, best, columns, chosen);
  if (outcomes) return outcomes;
  if (
    user &&
    columns.length <= 3 &&
    columns.every((c) => c === user || constant(c) || c.dates >= 0.95) &&
    (columns.length === 1 || columns.some(constant))
  ) {
    const word = columns.find(constant)?.values[0];
    return { shape: 'funnel', tables: ['events'], why: `One step of a funnel: a list of users who did ${word ? `“${word}”` : 'this'}.` };
  }
  const events = eventsShape(best, columns, weakUser);
  if (events) return events;
  const rated = ratingLog(file, columns);
  if (rated) return rated;
  const answers = best.any(['label', 'variant']);
  if (user && unique(user)) {
    return {
      shape: 'users',
      tables: answers ? ['users', 'outcomes'] : ['users'],
      why: `One row per user: ${count(user.raw.facts.distinct)} ids, none twice${answers ? `; ${answers} also makes outcomes` : ''}.`,
    };
  }
  if (!has('user_id', 0.4) && best.count(WITHOUT_ID) >= 2) {
    const seen = WITHOUT_ID.filter((r) => has(r));
    return {
      shape: 'users',
      tables: answers ? ['users', 'outcomes'] : ['users'],
      why: `One row per user without an id: it has ${listed(seen.slice(0, 4))}; the row number is the id.`,
    };
  }
  const product = column('product_id');
  const goods = best.any(GOODS);
  if (product && unique(product) && goods)
    return {
      shape: 'products',
      tables: ['products'],
      why: `One row per product: ${count(product.raw.facts.distinct)} ids, none twice, with ${goods}.`,
    };
  return basketsShape(file, facts) ?? unknown(columns, user);
}

function outcomesShape(file: FileGuesses, best: Best, columns: ColumnLook[], chosen: ReadonlyMap<ColumnLook, Role | null>): Shape | null {
  const answer = best.any(['variant', 'label']);
  if (!answer || !best.has('user_id', 0.4)) return null;
  const only = file.columns.every(({ column, guesses }) => {
    const own = chosen.get(column);
    return own ? OUTCOME_ROLES.includes(own) : guesses.some((g) => g.score >= 0.4 && OUTCOME_ROLES.includes(g.role));
  });
  return only && columns.length > 1 ? { shape: 'outcomes', tables: ['outcomes'], why: `Outcomes: each row gives a user's ${answer}.` } : null;
}

function eventsShape(best: Best, columns: ColumnLook[], user: ColumnLook | undefined): Shape | null {
  const { has, column } = best;
  const by = user ? 'user_id' : best.any(['order_id', 'session_id']);
  const answer = (why: string): Shape => ({ shape: 'events', tables: ['events'], why });
  const product = column('product_id');
  if (product && by && product !== column(by as Role, 0.5)) {
    if (!has('event') && (has('amount') || has('price')))
      return answer(`Sales lines: each row is one product bought${user ? ` by one of ${plural(user.raw.facts.distinct, 'user')}` : ''}.`);
    if (!has('event') && has('rating')) return answer('A log of ratings: each row is one product rated by a user.');
    return answer(`Events: each row is one product met by ${user ? 'a user' : 'an order or a session'}.`);
  }
  const strong = column('user_id');
  // Where the user is sure (or chosen), a column of dates is the time whatever its name.
  const does = best.any(['at', 'event', 'amount']) ?? (has('user_id', 0.75) && has('at', 0.5) ? 'at' : undefined);
  if (strong && repeats(strong) && does) {
    return answer(
      `Events: ${plural(strong.raw.facts.distinct, 'user')} on ${plural(strong.raw.facts.known, 'row')}, with ${does === 'at' ? 'a time' : `an ${does}`}.`,
    );
  }
  const order = column('order_id');
  if (order && unique(order) && (strong || has('amount')))
    return answer(`One row per order: ${count(order.raw.facts.distinct)} order ids, none twice.`);
  return columns.length > 0 && strong && has('event') && has('at') ? answer('Events: each row is something a user did.') : null;
}

/** Without header: two id columns, 2 to 11 numbers in 0..10, maybe a time: user, product, rating, at from left to right. */
function ratingLog(file: FileGuesses, columns: ColumnLook[]): Shape | null {
  if (file.look.file.dialect?.header !== false || columns.length < 3 || columns.length > 4) return null;
  const [a, b, r, t] = columns as [ColumnLook, ColumnLook, ColumnLook, ColumnLook | undefined];
  const isId = (c: ColumnLook): boolean => c.distinct > 2 && c.values.every((v) => !/\s/.test(v));
  const rated = r.numbers >= 0.95 && r.distinct >= 2 && r.distinct <= 11 && (r.range?.[0] ?? -1) >= 0 && (r.range?.[1] ?? 11) <= 10;
  if (!isId(a) || !isId(b) || !rated || (t && t.dates < 0.95)) return null;
  const byPlace = new Map<ColumnLook, Role>([
    [a, 'user_id'],
    [b, 'product_id'],
    [r, 'rating'],
  ]);
  if (t) byPlace.set(t, 'at');
  return {
    shape: 'events',
    tables: ['events'],
    why: 'Without a header it looks like a log of ratings: user, product, rating and time from left to right. Please check.',
    byPlace,
  };
}

function basketsShape(file: FileGuesses, facts: ShapeFacts): Shape | null {
  const columns = file.columns.map((c) => c.column);
  const [id, ...items] = columns;
  const flags = (c: ColumnLook): boolean => c.distinct <= 2 && c.values.every((v) => /^(0|1|t|f|true|false)$/i.test(v));
  if (id && items.length >= 3 && unique(id) && items.every(flags)) {
    return {
      shape: 'baskets',
      tables: ['events'],
      why: `Baskets: each row is an order, each of the ${items.length} columns a product that is in it or not.`,
    };
  }
  if (facts.delimited && (columns.length === 1 || (id && unique(id))))
    return { shape: 'baskets', tables: ['events'], why: 'Baskets: each row is an order, its cell lists the products.' };
  if (file.look.file.dialect?.header === false && columns.length > 1 && facts.cellsInSeveral >= 0.5) {
    return {
      shape: 'baskets',
      tables: ['events'],
      why: `Baskets: each row is an order, its cells are products; ${percent(facts.cellsInSeveral, 1)} of the products stand in several columns.`,
    };
  }
  return null;
}

/** Never invents a user: asks. */
function unknown(columns: ColumnLook[], user: ColumnLook | undefined): Shape {
  const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
  const n = words[columns.length] ?? count(columns.length);
  const what = user
    ? `${user.name} may be the user, but nothing says what happened: what is a row?`
    : 'none repeats or joins: which one is the user?';
  return {
    shape: 'unknown',
    tables: [],
    why:
      columns.length === 1
        ? `One column, and it ${user ? `may be the user` : 'neither repeats nor joins'}: is it the user?`
        : `${n} columns, ${what}`,
  };
}
