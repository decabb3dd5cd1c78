import { TesseraError } from '../core/errors.ts';
import { rows } from '../core/frame.ts';
import type { Baseline, SegmentRef } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { entityOf, segmentOf, TABLE, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';

/**
 * How segment S and baseline B lie to each other, which decides what is tested against what:
 * inside: S against the rest of B; apart: S against B; contains (B within S): the rest of S against B; partial: S \ B against B \ S.
 */
export type Lie = 'inside' | 'apart' | 'contains' | 'partial';

/** S and B as flags per row of the tag table, in a temporary table, and how to read them beside it. */
export interface Groups {
  entity: Entity;
  n: number;
  N: number;
  both: number;
  universe: number;
  lie: Lie;
  title: string;
  /** True where rows of the tag table can be read beside other tables in its order. */
  aligned: boolean;
  /** FROM clause with alias t (tag table) and columns s, b. */
  from: string;
  /** Predicates of the two groups that tests compare. */
  first: string;
  second: string;
  sql: string[];
  drop: () => Promise<void>;
}

let serial = 0;

/** A baseline by name, or a segment that need not be saved. */
export type Against = Baseline | { kind: 'ref'; segment: Segment };

/** A snapshot is a baseline for profiles alone. */
export const countsOnly = (): TesseraError =>
  new TesseraError('PARAM_INVALID', 'The last snapshot keeps how many had which value, not who: only a profile can be held against it.', {
    next: 'Open the profile, or choose another baseline.',
  });

const baseSql = (baseline: Against, entity: Entity, ctx: RuleContext): { sql: string | null; title: string } => {
  if (baseline.kind === 'everyone') return { sql: null, title: entity === 'user' ? 'everyone' : 'all products' };
  if (baseline.kind === 'complement') return { sql: null, title: entity === 'user' ? 'everyone else' : 'all other products' };
  if (baseline.kind === 'snapshot') throw countsOnly();
  const segment = baseline.kind === 'ref' ? baseline.segment : segmentOf(ctx, baseline.id);
  if (!segment || entityOf(segment) !== entity) {
    throw new TesseraError('RULE_UNKNOWN_SEGMENT', 'There is no such segment to compare with.', { next: 'Choose another baseline.' });
  }
  return { sql: membersSql(segment, ctx), title: segment.name };
};

/** The SELECT that marks S and B per row of the tag table, and what B is called. Throws what `membersSql` throws. */
export function marksSql(ref: SegmentRef | null, entity: Entity, baseline: Against, ctx: RuleContext): { sql: string; title: string } {
  const { table, key } = TABLE[entity];
  const base = baseSql(baseline, entity, ctx);
  const s = ref ? `t.${key} IN (${membersSql(ref, ctx)})` : 'true';
  const b = base.sql ? `t.${key} IN (${base.sql})` : baseline.kind === 'complement' ? `NOT s` : 'true';
  const marks = `SELECT t.${key}, ${s} AS s FROM ${table} t`;
  return { sql: base.sql ? `SELECT t.${key}, ${s} AS s, ${b} AS b FROM ${table} t` : `SELECT *, ${b} AS b FROM (${marks})`, title: base.title };
}

/** Marks the members of a segment (null: everyone) and of its baseline. Call `drop` when done. Throws what `membersSql` throws. */
export async function markGroups(
  engine: Engine,
  ref: SegmentRef | null,
  entity: Entity,
  baseline: Against,
  ctx: RuleContext,
  opts: QueryOptions = {},
): Promise<Groups> {
  const { table, key } = TABLE[entity];
  const { sql: make, title } = marksSql(ref, entity, baseline, ctx);
  const name = `profile_${++serial}`;
  await engine.exec(`CREATE TEMP TABLE ${name} AS ${make}`, opts);
  const drop = (): Promise<void> => engine.exec(`DROP TABLE IF EXISTS temp.${name}`);
  try {
    // Rows come out in the order they went in, so both tables can be read side by side without a join; checked, since all numbers rest on it.
    const side = `FROM ${table} t POSITIONAL JOIN temp.${name} m`;
    const counts = 'count(*) FILTER (s) AS n, count(*) FILTER (b) AS "N", count(*) FILTER (s AND b) AS "both", count(*) AS universe';
    const sql = `SELECT ${counts}, count(*) FILTER (t.${key} IS DISTINCT FROM m.${key}) AS astray ${side}`;
    const c = rows<{ n: number; N: number; both: number; universe: number; astray: number }>(await engine.query(sql, opts))[0]!;
    const aligned = c.astray === 0;
    const from = aligned ? side : `FROM ${table} t JOIN temp.${name} m USING (${key})`;
    const lie = lieOf(c);
    const [first, second] = {
      inside: ['s', 'b AND NOT s'],
      apart: ['s', 'b'],
      contains: ['s AND NOT b', 'b'],
      partial: ['s AND NOT b', 'b AND NOT s'],
    }[lie] as [string, string];
    return { entity, n: c.n, N: c.N, both: c.both, universe: c.universe, lie, title, aligned, from, first, second, sql: [make], drop };
  } catch (e) {
    await drop();
    throw e;
  }
}

export function lieOf({ n, N, both }: { n: number; N: number; both: number }): Lie {
  if (both === 0) return 'apart';
  if (both === n) return 'inside';
  return both === N ? 'contains' : 'partial';
}
