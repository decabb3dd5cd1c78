import type { Role } from '../core/roles.ts';
import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { ColumnLook, FileLook } from './look.ts';
import { dateSql, idSql, numberSql } from './raw.ts';
import type { Relation } from './role-words.ts';
import { percent } from './say.ts';

/** R of a guess (definitions, section 2) and the sentence part that says why. */
export interface RelationScore {
  r: 0 | 1;
  text: string;
}
const NONE: RelationScore = { r: 0, text: '' };

/** One column that may take a role, with its score so far. */
export interface Candidate {
  column: ColumnLook;
  role: Role;
  s: number;
}
export interface FileCandidates {
  look: FileLook;
  candidates: Candidate[];
}

/** Roles that say a row is about a person. */
export const DEMOGRAPHIC: readonly Role[] = [
  'gender',
  'age',
  'birth_date',
  'occupation',
  'education',
  'marital',
  'income',
  'deposit',
  'country',
  'region',
  'city',
];
export const OF_PRODUCT: readonly Role[] = ['name', 'price', 'category', 'brand'];
/** A role counts as present beside a column from this score on: likely. */
const BESIDE = 0.55;

/** The best candidate for a role in a file, if it is not the column itself. */
export function bestFor(file: FileCandidates, role: Role, not?: ColumnLook): Candidate | undefined {
  return file.candidates
    .filter((c) => c.role === role && c.column !== not)
    .reduce<Candidate | undefined>((a, b) => (a && a.s >= b.s ? a : b), undefined);
}
const beside = (file: FileCandidates, roles: readonly Role[], not: ColumnLook): Role | undefined =>
  roles.find((role) => (bestFor(file, role, not)?.s ?? 0) >= BESIDE);

/** Looks for what other columns say, by SQL over the first rows of the files. */
export class Relations {
  readonly #engine: Engine;
  readonly #files: readonly FileCandidates[];
  readonly #opts: QueryOptions | undefined;
  constructor(engine: Engine, files: readonly FileCandidates[], opts?: QueryOptions) {
    this.#engine = engine;
    this.#files = files;
    this.#opts = opts;
  }

  async of(relation: Relation, file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    switch (relation) {
      case 'own user':
        return this.#ownUser(file, column);
      case 'own product':
        return this.#ownProduct(file, column);
      case 'one order':
        return this.#oneOrder(file, column);
      case 'one user':
        return this.#oneUser(file, column);
      case 'are users':
        return this.#areUsers(file, column);
      case 'is product':
        return this.#isProduct(file, column);
      case 'one per product':
        return this.#onePerProduct(file, column);
      case 'below price':
        return this.#belowPrice(file, column);
    }
  }

  async #ownUser(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const shared = await this.#sharedWith(file, column);
    if (shared) return shared;
    if (column.known > column.distinct && file.look.columns.some((c) => c !== column && c.dates >= 0.95))
      return { r: 1, text: 'repeats in a file with dates' };
    const person = column.distinct >= 0.999 * column.known ? beside(file, DEMOGRAPHIC, column) : undefined;
    return person ? { r: 1, text: `unique beside ${person}` } : NONE;
  }

  /** The other file's user column that holds most of this column's ids, from half of them on. */
  async #sharedWith(file: FileCandidates, column: ColumnLook): Promise<RelationScore | null> {
    let best: { share: number; text: string } | null = null;
    for (const other of this.#files) {
      const user = other === file ? undefined : bestFor(other, 'user_id');
      if (!user) continue;
      const [matched, total] = await this.#matched(file, column, other, user.column);
      const share = total === 0 ? 0 : matched / total;
      if (share >= 0.5 && share > (best?.share ?? 0)) best = { share, text: `${percent(matched, total)} in ${other.look.file.name}` };
    }
    return best ? { r: 1, text: best.text } : null;
  }

  /** Distinct ids of one column (of its first rows) that occur in another file's column, and all of them. */
  async #matched(file: FileCandidates, column: ColumnLook, other: FileCandidates, ids: ColumnLook): Promise<[number, number]> {
    const from = `SELECT DISTINCT ${idSql(column.raw)} AS v FROM (SELECT DISTINCT ${column.raw.sql} FROM ${file.look.raw.table} f WHERE ${file.look.first}) f`;
    const [a, b] = await this.#one(
      `SELECT count(*) FILTER (v IN (SELECT ${idSql(ids.raw)} FROM (SELECT DISTINCT ${ids.raw.sql} FROM ${other.look.raw.table} f) f)), count(*) FROM (${from}) WHERE v IS NOT NULL`,
    );
    return [a ?? 0, b ?? 0];
  }

  #ownProduct(file: FileCandidates, column: ColumnLook): RelationScore {
    const what = beside(file, OF_PRODUCT, column);
    return what ? { r: 1, text: `stands beside ${what}` } : NONE;
  }

  async #oneOrder(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const user = bestFor(file, 'user_id', column);
    if (!user) return NONE;
    const at = bestFor(file, 'at', column);
    const instants = at ? `count(DISTINCT ${dateSql(at.column.raw).ts})` : '1';
    const good = `count(DISTINCT ${idSql(user.column.raw)}) <= 1 AND ${instants} <= 2`;
    return this.#groups(file, column, good, at ? 'one user and at most two instants' : 'one user');
  }

  async #oneUser(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const user = bestFor(file, 'user_id', column);
    return user ? this.#groups(file, column, `count(DISTINCT ${idSql(user.column.raw)}) <= 1`, 'one user') : NONE;
  }

  /** Share of the column's values whose rows pass; from 98 % on the relation holds. */
  async #groups(file: FileCandidates, column: ColumnLook, good: string, words: string): Promise<RelationScore> {
    const [a = 0, b = 0] = await this.#one(
      `SELECT count(*) FILTER (good), count(*) FROM (SELECT ${idSql(column.raw)} AS v, ${good} AS good FROM ${file.look.raw.table} f WHERE ${file.look.first} GROUP BY 1) WHERE v IS NOT NULL`,
    );
    return b > 0 && a / b >= 0.98 ? { r: 1, text: `${a === b ? 'all' : percent(a, b)} have ${words}` } : NONE;
  }

  /** Share of the values that are users of some file, in the file that holds most of them; from half of them on the relation holds. */
  async #areUsers(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    let best = { share: 0, text: '' };
    for (const other of this.#files) {
      const user = bestFor(other, 'user_id', column);
      if (!user) continue;
      const [matched, total] = await this.#matched(file, column, other, user.column);
      const share = total === 0 ? 0 : matched / total;
      if (share >= 0.5 && share > best.share) best = { share, text: `${percent(matched, total)} are users of ${other.look.file.name}` };
    }
    return best.share > 0 ? { r: 1, text: best.text } : NONE;
  }

  async #isProduct(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const quantity = bestFor(file, 'quantity', column);
    const price = bestFor(file, 'price', column);
    if (!quantity || !price) return NONE;
    const made = `${numberSql(quantity.column.raw)} * ${numberSql(price.column.raw)}`;
    return this.#rows(file, `${numberSql(column.raw)} AS a, ${made} AS b`, 'abs(a - b) <= 0.01 * abs(b)', 'equals quantity × price in');
  }

  async #belowPrice(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const price = bestFor(file, 'price', column);
    if (!price) return NONE;
    return this.#rows(file, `${numberSql(column.raw)} AS a, ${numberSql(price.column.raw)} AS b`, 'a <= b', 'at most the price in');
  }

  /** Share of the rows with both numbers that pass; from 90 % on the relation holds. */
  async #rows(file: FileCandidates, pair: string, test: string, words: string): Promise<RelationScore> {
    const [a = 0, b = 0] = await this.#one(
      `SELECT count(*) FILTER (${test}), count(*) FROM (SELECT ${pair} FROM ${file.look.raw.table} f WHERE ${file.look.first}) WHERE a IS NOT NULL AND b IS NOT NULL`,
    );
    return b > 0 && a / b >= 0.9 ? { r: 1, text: `${words} ${percent(a, b)} of rows` } : NONE;
  }

  async #onePerProduct(file: FileCandidates, column: ColumnLook): Promise<RelationScore> {
    const product = bestFor(file, 'product_id', column);
    if (!product) return NONE;
    const [a = 0, b = 0] = await this.#one(
      `SELECT count(*) FILTER (k = 1), count(*) FROM (SELECT ${idSql(product.column.raw)} AS p, count(DISTINCT ${idSql(column.raw)}) AS k, count(*) AS n ` +
        `FROM ${file.look.raw.table} f WHERE ${file.look.first} GROUP BY 1) WHERE p IS NOT NULL AND n >= 2 AND k > 0`,
    );
    return b > 0 && a / b >= 0.8 ? { r: 1, text: `one per product in ${percent(a, b)}` } : NONE;
  }

  async #one(sql: string): Promise<number[]> {
    const frame = await this.#engine.query(sql, this.#opts);
    return frame.columns.map((c) => Number((c as ArrayLike<Value>)[0] ?? 0));
  }
}
