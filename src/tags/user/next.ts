import type { Relation, TagDef } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';

/** Transitions a category must have before it may predict. */
export const LEAST_TRANSITIONS = 20;

export const nextRelations: Relation[] = [
  /** Products whose own cycle (else everyone's) says it is time again: 0.8 to 2 cycles since the last purchase. */
  defineRelation({
    name: 'replenish',
    entity: 'user',
    uses: [],
    sql: () => `WITH day AS (SELECT DISTINCT u, p, d FROM ev0 WHERE buy AND p IS NOT NULL AND d IS NOT NULL),
  gap AS (SELECT *, d - lag(d) OVER (PARTITION BY u, p ORDER BY d) AS g FROM day),
  pc AS (SELECT p, median(g) AS cyc FROM gap GROUP BY p HAVING count(g) >= 10 AND count(DISTINCT u) FILTER (g IS NOT NULL) >= 5),
  uc AS (SELECT u, p, max(d) AS l, CASE WHEN count(g) >= 2 THEN median(g) END AS own FROM gap GROUP BY u, p)
SELECT u, list(product_id ORDER BY p) AS due, min(l + ceil(coalesce(own, cyc))::INT) AS next
FROM uc LEFT JOIN pc USING (p) JOIN product_ids USING (p) WHERE ago(l) / coalesce(own, cyc) BETWEEN .8 AND 2 GROUP BY u`,
  }),
  /** First-order Markov chain over the main categories (largest amount) of consecutive orders of all users. */
  defineRelation({
    name: 'next_categories',
    entity: 'user',
    uses: [],
    sql: () => `WITH o AS (
    SELECT u, ord, cat, min(min(ts)) OVER (PARTITION BY u, ord) AS t, row_number() OVER (PARTITION BY u, ord ORDER BY round(fsum(amount), 6) DESC NULLS LAST, cat) AS k
    FROM ev WHERE buy AND cat IS NOT NULL GROUP BY u, ord, cat
  ),
  s AS (SELECT u, cat, lead(cat) OVER (PARTITION BY u ORDER BY t NULLS FIRST, ord) AS nxt FROM o WHERE k = 1),
  tr AS (SELECT cat, nxt, count(*) AS n, sum(count(*)) OVER (PARTITION BY cat) AS tot FROM s WHERE nxt IS NOT NULL GROUP BY cat, nxt),
  best AS (
    SELECT cat, nxt, (n + 1) / (tot + (SELECT count(DISTINCT cat) FROM o)) AS p FROM tr WHERE tot >= ${LEAST_TRANSITIONS}
    QUALIFY row_number() OVER (PARTITION BY cat ORDER BY n DESC, nxt) = 1
  )
SELECT u, best.nxt AS category, p FROM s JOIN best USING (cat) WHERE s.nxt IS NULL`,
  }),
];

const base = { entity: 'user', dimension: 'consumption needs', unit: '', rows: 'buy' } as const;
export const nextTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'replenish_due',
    title: 'Due again',
    kind: 'dynamic',
    type: 'set',
    needs: ['events:purchase', 'events.product_id', 'at'],
    description: 'Products the user buys again and again and that are due by the usual cycle.',
    plan: { kind: 'column', relation: 'replenish', column: 'due' },
    nullRule: 'Unknown where nothing is due.',
  }),
  defineTag({
    ...base,
    id: 'replenish_next',
    title: 'Next due',
    kind: 'dynamic',
    type: 'date',
    needs: ['events:purchase', 'events.product_id', 'at'],
    description: 'The day the first of the due products was or will be due.',
    plan: { kind: 'column', relation: 'replenish', column: 'next' },
    nullRule: 'Unknown where nothing is due.',
  }),
  defineTag({
    ...base,
    id: 'next_category',
    title: 'Likely next category',
    kind: 'model',
    type: 'enum',
    needs: ['events:purchase', 'events.product_id', 'products.category', 'at'],
    description: 'What users most often order next after an order of the same main category as this user’s last.',
    plan: { kind: 'column', relation: 'next_categories', column: 'category' },
    nullRule: `Unknown where the last category has fewer than ${LEAST_TRANSITIONS} orders after it.`,
  }),
];
