import { column } from '../core/frame.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Entity } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { ident } from '../engine/sql.ts';
import { FOLD_AT, wideAttributes } from './attributes.ts';
import type { Probe } from './define.ts';

/** What a tag is assumed to find where nobody asked the data: enough to write the SQL of any tag. */
export const ASSUMED: Probe = { folded: [], edgeKinds: ['follow', 'gift', 'referral', 'share'], levels: 1, pairs: 0 };

/** Asks the data, after prepareEv, what decides over tags of some entities and is not in the facts. */
export async function probe(engine: Engine, facts: DataFacts, entities: readonly Entity[], opts?: QueryOptions): Promise<Probe> {
  const one = async (sql: string) => Number(column(await engine.query(`SELECT (${sql}) AS x`, opts), 'x')[0] ?? 0);
  const folded: string[] = [];
  for (const entity of entities) {
    const [table, base] = ({ user: ['users', 'user_base'], product: ['products', 'product_base'] } as const)[entity];
    for (const name of wideAttributes(facts.tables[table]?.columns ?? [])) {
      const x = ident(name);
      const share = await one(
        `SELECT sum(n) FILTER (k <= ${FOLD_AT.values}) / sum(n) FROM (SELECT count(*) AS n, row_number() OVER (ORDER BY count(*) DESC) AS k FROM ${base} WHERE ${x} IS NOT NULL GROUP BY ${x})`,
      );
      if (share >= FOLD_AT.share) folded.push(name);
    }
  }
  const edgeKinds = facts.tables.edges
    ? Array.from(
        column(await engine.query('SELECT DISTINCT kind::VARCHAR AS kind FROM edge_base WHERE kind IS NOT NULL ORDER BY kind', opts), 'kind'),
        String,
      )
    : [];
  const ofProducts = entities.includes('product');
  const levels = ofProducts && facts.tables.products ? await one("SELECT max(len(string_split(category::VARCHAR, '/'))) FROM product_base") : 0;
  const pairs =
    ofProducts && (facts.events.purchase ?? 0) > 0
      ? await one(
          'SELECT sum(n * (n - 1)) FROM (SELECT count(DISTINCT p) AS n FROM ev0_all WHERE buy AND p IS NOT NULL GROUP BY ord HAVING count(*) > 1)',
        )
      : 0;
  return { folded, edgeKinds, levels, pairs };
}
