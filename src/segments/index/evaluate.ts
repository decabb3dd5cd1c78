import type { Limit } from '../../core/rule.ts';
import type { SegmentRef } from '../../core/profile.ts';
import type { Engine, QueryOptions } from '../../engine/engine.ts';
import { ident, literal } from '../../engine/sql.ts';
import { TABLE, type RuleContext } from '../context.ts';
import { loadLists } from '../id-list.ts';
import { membersSql } from '../sql.ts';
import { allBits, andInto, bitsOf, hasBit, noBits, not, orInto, type Bits } from './bits.ts';
import { limitsOf, planOf, sqlLeaves, type Plan } from './plan.ts';
import { ordinalOf, type IndexTable } from './table.ts';
import { testBits } from './test-bits.ts';

/** Leaves kept by what they say: 400 sets of a million members are 50 MB. */
const MOST_LEAVES = 400;

/** Answers rules over one table. It lives as long as the table: as of one moment, over one state of the data. */
export class Evaluator {
  readonly table: IndexTable;
  readonly #engine: Engine;
  readonly #leaves = new Map<string, Bits>();
  readonly #orders = new Map<string, Uint32Array>();
  readonly #ordinal: (key: number) => number;

  constructor(table: IndexTable, engine: Engine) {
    this.table = table;
    this.#engine = engine;
    this.#ordinal = ordinalOf(table);
  }

  /** The members of a valid rule or segment. Waits for the engine only where a leaf must be asked of it that was not asked before. */
  async members(ref: SegmentRef, ctx: RuleContext, opts: QueryOptions = {}): Promise<Bits> {
    const plan = planOf(ref, ctx, this.table);
    await this.prepare(plan, ctx, opts);
    return this.run(plan, ctx);
  }

  /** Asks the engine for what the plan needs of it. */
  async prepare(plan: Plan, ctx: RuleContext, opts: QueryOptions = {}): Promise<void> {
    for (const leaf of sqlLeaves(plan)) {
      if (this.#kept(leaf.key)) continue;
      const ref = { id: '', name: '', rule: leaf.rule, entity: this.table.entity };
      const lists = await loadLists(this.#engine, [ref], opts);
      const frame = await this.#engine.query(membersSql(ref, { ...ctx, lists }), opts);
      this.#keep(leaf.key, bitsOf(Array.from(frame.columns[0] as Float64Array, this.#ordinal), this.table.n));
    }
    for (const limit of limitsOf(plan)) {
      const key = orderKey(limit);
      if (!this.#orders.has(key)) {
        const frame = await this.#engine.query(orderSql(limit, this.table), opts);
        this.#orders.set(key, Uint32Array.from(frame.columns[0] as Float64Array, this.#ordinal));
      }
    }
  }

  /** Runs a prepared plan. The set may be one that is kept: never change it. */
  run(plan: Plan, ctx: RuleContext): Bits {
    const { n } = this.table;
    switch (plan.op) {
      case 'every':
      case 'some': {
        if (plan.parts.length === 0) return plan.op === 'every' ? allBits(n) : noBits(n);
        const sets = plan.parts.map((p) => this.run(p, ctx));
        if (sets.length === 1) return sets[0]!;
        const out = sets[0]!.slice();
        for (const set of sets.slice(1)) (plan.op === 'every' ? andInto : orInto)(out, set);
        return out;
      }
      case 'not':
        return not(this.run(plan.part, ctx), n);
      case 'limit':
        return this.#limited(this.run(plan.part, ctx), plan.limit);
      case 'sql':
        return this.#kept(plan.key)!;
      case 'column': {
        const kept = this.#kept(plan.key);
        if (kept) return kept;
        const made = testBits(this.table.columns.get(plan.tag)!, plan.family, plan.test, ctx.basis.asOf);
        this.#keep(plan.key, made);
        return made;
      }
    }
  }

  #limited(bits: Bits, limit: Limit): Bits {
    const out = noBits(this.table.n);
    let left = Math.floor('top' in limit ? limit.top : limit.sample);
    for (const i of this.#orders.get(orderKey(limit))!) {
      if (left <= 0) break;
      if (!hasBit(bits, i)) continue;
      out[i >>> 5]! |= 1 << (i & 31);
      left--;
    }
    return out;
  }

  /** A kept leaf; the ones read longest ago go first. */
  #kept(key: string): Bits | undefined {
    const bits = this.#leaves.get(key);
    if (bits) {
      this.#leaves.delete(key);
      this.#leaves.set(key, bits);
    }
    return bits;
  }

  #keep(key: string, bits: Bits): void {
    const oldest = this.#leaves.keys().next();
    if (this.#leaves.size >= MOST_LEAVES && !oldest.done) this.#leaves.delete(oldest.value);
    this.#leaves.set(key, bits);
  }
}

const orderKey = (limit: Limit): string => JSON.stringify('top' in limit ? [limit.by, limit.dir ?? 'desc'] : limit.seed);

/** Everyone in the order in which a limit takes them, whatever its number. */
function orderSql(limit: Limit, { entity }: IndexTable): string {
  const { table, key, id } = TABLE[entity];
  const by =
    'top' in limit ? `t.${ident(limit.by)} ${limit.dir === 'asc' ? 'ASC' : 'DESC'} NULLS LAST` : `md5(concat(${literal(`${limit.seed}:`)}, t.${id}))`;
  return `SELECT t.${key} FROM ${table} t ORDER BY ${by}, t.${key}`;
}
