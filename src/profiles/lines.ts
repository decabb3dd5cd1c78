import { rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import type { RuleContext } from '../segments/context.ts';
import { tagValueExpr } from '../tags/values.ts';
import { gather, type CountRaw, type TagCounts } from './cells-sql.ts';
import type { Groups } from './groups.ts';

/** Columns of a sales line that may be profiled as they stand, by role. */
const OWN = ['device', 'os', 'channel', 'campaign', 'country', 'region', 'city'];
const PREFIX = 'line:';

/** The sales lines' own columns as if they were tags, id `line:<column>`. */
export function lineTags(ctx: RuleContext): TagInfo[] {
  const columns = ctx.facts.tables.events?.columns.filter((c) => OWN.includes(c.name) && c.type === 'text') ?? [];
  return columns.map((c) => ({
    id: PREFIX + c.name,
    entity: 'product',
    title: `${c.name[0]!.toUpperCase()}${c.name.slice(1)} of the sale`,
    description: `The ${c.name} on the sales line itself.`,
    dimension: 'sales',
    kind: 'static',
    type: 'enum',
    unit: '',
    version: `${PREFIX}${c.name}@1.0`,
    order: null,
    values: [{ value: '', n: c.known }],
    distinct: c.distinct,
    known: c.known,
    universe: c.known,
    figures: null,
    histogram: null,
    bands: null,
    freshness: null,
    needs: [c.name],
    nullRule: '',
  }));
}

/**
 * Counts by lines: each purchase line of a member counts one, under the tag of its product or its own column. `n` of a cell is the members with such a line,
 * `w` their lines; members are the units of every variance, so each carries w², and w times all its known lines.
 */
export async function countLines(
  engine: Engine,
  tags: TagInfo[],
  groups: Groups,
  opts: QueryOptions,
): Promise<{ counts: TagCounts[]; sql: string[] }> {
  const sql = tags.map((tag) => linesSql(tag, groups));
  const counts: TagCounts[] = [];
  for (const [i, statement] of sql.entries())
    counts.push(
      gather(
        { bands: null, order: null },
        rows<CountRaw>(await engine.query(statement, opts)).map((r) => ({ ...r, i })),
      ),
    );
  return { counts, sql };
}

function linesSql(tag: TagInfo, groups: Groups): string {
  const own = tag.id.startsWith(PREFIX);
  const value = own ? `e.${ident(tag.id.slice(PREFIX.length))}::VARCHAR` : `(${tagValueExpr(tag, 'g')})::VARCHAR`;
  const from = own ? 'FROM ev0 e' : 'FROM ev0 e JOIN product_tags g USING (p)';
  const masses = (square: string, cross: string): string =>
    ['s', 'b', 's AND b']
      .map(
        (g, i) =>
          `count(*) FILTER (${g}) AS n${i}, coalesce(sum(w) FILTER (${g}), 0)::DOUBLE AS w${i}, coalesce(sum(${square}) FILTER (${g}), 0)::DOUBLE AS v${i}, coalesce(sum(${cross}) FILTER (${g}), 0)::DOUBLE AS x${i}`,
      )
      .join(', ');
  return `WITH l AS MATERIALIZED (SELECT e.u, ${value} AS v, count(*) AS w ${from} WHERE e.buy GROUP BY ALL),
 k AS MATERIALIZED (SELECT u, sum(w) AS w FROM l WHERE v IS NOT NULL GROUP BY u), f AS (SELECT t.u, s, b ${groups.from})
 SELECT 'v' AS kind, l.v, ${masses('l.w * l.w', 'l.w * k.w').replaceAll('sum(w)', 'sum(l.w)')} FROM l JOIN k USING (u) JOIN f USING (u) WHERE l.v IS NOT NULL GROUP BY l.v
 UNION ALL SELECT 'k', NULL, ${masses('w * w', 'w * w')} FROM k JOIN f USING (u)`;
}
