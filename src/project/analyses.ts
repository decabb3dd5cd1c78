import type { Analysis, AnalysisContext, AnalysisInfo, AnalysisRequest, Answered, MarkId, ResultTable, TableColumnInfo } from '../core/analysis.ts';
import { TesseraError } from '../core/errors.ts';
import { rows } from '../core/frame.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Rule } from '../core/rule.ts';
import type { DataFacts } from '../core/tables.ts';
import { DECISIONS } from '../decisions/catalogue.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { runAnalysis } from '../engine/run.ts';
import { ident, literal } from '../engine/sql.ts';
import { INSIGHTS } from '../insights/catalogue.ts';
import { countsOnly } from '../profiles/groups.ts';
import { segmentOf, type RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';
import { missing } from '../tags/needs.ts';

const ALL: readonly Analysis[] = [...INSIGHTS, ...DECISIONS];

/** Every question, with what this data lacks for it. */
export const analysesOf = (facts: DataFacts): AnalysisInfo[] =>
  ALL.map(({ id, room, title, answers, params, reads, formulas, needs }) => ({
    id,
    room,
    title,
    answers,
    params: [...params],
    reads: { user: [...(reads?.user ?? [])], product: [...(reads?.product ?? [])] },
    formulas: [...formulas],
    missing: missing(facts, needs),
  }));

function named(id: string): Analysis {
  const found = ALL.find((a) => a.id === id);
  if (!found) throw new TesseraError('USAGE', `There is no question ${id}.`, { next: `There are: ${ALL.map((a) => a.id).join(', ')}.` });
  return found;
}

function contextOf({ segment, baseline }: AnalysisRequest, ctx: RuleContext): AnalysisContext {
  const { facts, basis, tags } = ctx;
  const group = (ref: SegmentRef, name: string, rule: Rule): AnalysisContext['here'] => ({ name, members: membersSql(ref, ctx), rule });
  const nameOf = (ref: SegmentRef): string => ('name' in ref ? ref.name : 'segment');
  if (segment && baseline?.kind === 'snapshot') throw countsOnly();
  const saved = segment && 'id' in segment ? segmentOf(ctx, segment.id) : undefined;
  const here = segment ? group(segment, nameOf(segment), saved ? { segment: saved.id } : segment.rule) : null;
  const other = baseline?.kind === 'segment' ? segmentOf(ctx, baseline.id) : undefined;
  if (baseline?.kind === 'segment' && !other)
    throw new TesseraError('RULE_UNKNOWN_SEGMENT', 'There is no such segment to compare with.', { next: 'Choose another baseline.' });
  const base =
    !here || !baseline
      ? null
      : other
        ? group(other, other.name, { segment: other.id })
        : baseline.kind === 'complement'
          ? group({ rule: { not: here.rule } }, 'everyone else', { not: here.rule })
          : group({ rule: { all: [] } }, 'everyone', { all: [] });
  return { facts, basis, tags, here, base };
}

/** Answers of an engine, the last few, by all they rest on: an export or the people behind a mark must not ask again what is on screen. */
const answers = new WeakMap<Engine, Map<string, Answered>>();
const KEPT = 6;

/**
 * Answers a question; the same question of the same data, basis and segments is answered from memory. Throws NEEDS_MISSING, PARAM_INVALID, and what a
 * segment's rule throws.
 */
export async function analyse(engine: Engine, request: AnalysisRequest, ctx: RuleContext, opts: QueryOptions): Promise<Answered> {
  const kept = answers.get(engine) ?? new Map<string, Answered>();
  answers.set(engine, kept);
  const key = JSON.stringify([ctx.facts.digest, ctx.basis, request, request.segment || request.baseline ? ctx.segments : null]);
  const found = kept.get(key);
  if (found) return found;
  const on = contextOf(request, ctx);
  const made = await runAnalysis(engine, named(request.id), request.params, on, (needs) => missing(ctx.facts, needs), opts);
  kept.set(key, made);
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(old);
  return made;
}

/** The people behind a mark as a rule: of their ids where the segment language cannot say it. Throws TOO_FEW below the smallest group. */
export async function peopleOf(
  engine: Engine,
  request: AnalysisRequest,
  mark: MarkId,
  ctx: RuleContext,
  opts: QueryOptions,
): Promise<{ rule: Rule; name: string } | null> {
  const on = contextOf(request, ctx);
  const { answer, provenance } = await analyse(engine, request, ctx, opts);
  const found = named(request.id).people(mark, provenance.params, on, answer);
  if (!found) return null;
  const sql = 'sql' in found ? found.sql : membersSql({ rule: found.rule }, ctx);
  const ids = rows<{ user_id: string }>(await engine.query(`SELECT user_id FROM user_ids WHERE u IN (${sql}) ORDER BY u`, opts)).map(
    (r) => r.user_id,
  );
  if (ids.length > 0 && ids.length < ctx.basis.k)
    throw new TesseraError('TOO_FEW', `Fewer than ${ctx.basis.k} people stand behind this, so they are not made a segment.`, {
      next: 'Choose a larger part of the chart.',
    });
  return 'rule' in found ? found : { rule: { ids }, name: found.name };
}

/** One table of an answer, the first where none is named. */
export function tableOf({ tables }: Answered, id: string | null): ResultTable {
  const found = id === null ? tables[0] : tables.find((t) => t.id === id);
  if (!found)
    throw new TesseraError('USAGE', `There is no table ${id ?? ''} in this answer.`, { next: `It has: ${tables.map((t) => t.id).join(', ')}.` });
  return found;
}

const TYPES: Record<TableColumnInfo['type'], string> = {
  text: 'VARCHAR',
  int: 'BIGINT',
  number: 'DOUBLE',
  share: 'DOUBLE',
  money: 'DOUBLE',
  date: 'VARCHAR',
  boolean: 'BOOLEAN',
};
/** A table as a SELECT with typed columns, for COPY or Parquet, in the order shown. */
export function tableSql(table: ResultTable): string {
  const columns = table.columns.map((c) => `CAST(${ident(c.id)} AS ${TYPES[c.type]}) AS ${ident(c.id)}`).join(', ');
  const values = (table.rows.length ? table.rows : [table.columns.map(() => null)]).map((r) => `(${r.map((v) => literal(v)).join(', ')})`).join(', ');
  return `SELECT ${columns} FROM (VALUES ${values}) v(${table.columns.map((c) => ident(c.id)).join(', ')})${table.rows.length ? '' : ' WHERE false'}`;
}
