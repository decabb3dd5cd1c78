import { column } from '../../core/frame.ts';
import type { Frame } from '../../core/frame.ts';
import { pearson } from '../../stats/chi2.ts';
import { fisherExact } from '../../stats/fisher.ts';
import { benjaminiHochberg } from '../../stats/multiple.ts';
import type { Relation, TagContext, TagDef } from '../define.ts';
import { defineRelation, defineTag, eventsOf } from '../define.ts';

interface AudienceCell {
  p: number;
  value: string;
  a: number;
  n: number;
  K: number;
  N: number;
}
/** A TGI under this is no audience of its own. */
const LEAST_TGI = 120;
const tgi = (c: AudienceCell): number => (100 * c.a * c.N) / (c.n * c.K);

/**
 * Per product the value of largest TGI among its buyers against all buyers (ties: by value), where it has at least k buyers, TGI is at least 120 and
 * q at most 0.05; else "balanced". q is Benjamini-Hochberg over all cells of the tag that are not hidden by k; tests as in profiles.
 */
function audiences(input: Frame, { basis: { k } }: TagContext): (string | number)[][] {
  const [p, value, a, n, K, N] = ['p', 'value', 'a', 'n', 'k', 'total'].map((name) => column(input, name));
  const cells = Array.from({ length: input.n }, (_, i) => ({
    p: Number(p![i]),
    value: String(value![i]),
    a: Number(a![i]),
    n: Number(n![i]),
    K: Number(K![i]),
    N: Number(N![i]),
  }));
  const shown = cells.filter((c) => c.a >= k && c.K >= k);
  const q = benjaminiHochberg(shown.map(chance));
  const best = new Map<number, { cell: AudienceCell; q: number | null }>();
  shown.forEach((cell, i) => {
    const before = best.get(cell.p)?.cell;
    if (!before || tgi(cell) > tgi(before) || (tgi(cell) === tgi(before) && cell.value < before.value)) best.set(cell.p, { cell, q: q[i]! });
  });
  return [...new Set(cells.map((c) => c.p))].map((product) => {
    const top = best.get(product);
    const clear = top && top.cell.n >= k && tgi(top.cell) >= LEAST_TGI && top.q !== null && top.q <= 0.05;
    return [product, clear ? top.cell.value : 'balanced'];
  });
}

/** p of a cell: buyers of the product against all other buyers; exact where an expected count is under 5. */
function chance({ a, n, K, N }: AudienceCell): number | null {
  const test = pearson(a, n, K - a, N - n);
  if (test === null) return null;
  return test.least < 5 ? fisherExact(a, n, K - a, N - n) : test.p;
}

/** Buyers with the tag known, by product and value: a of n here, k of total among all buyers. */
const audience = (name: string, tag: string): Relation =>
  defineRelation({
    name,
    entity: 'product',
    uses: [],
    sql: ({
      basis,
    }) => `WITH g AS (SELECT DISTINCT e.p, u, t.${tag}::VARCHAR AS value FROM ${eventsOf('product', basis)} e JOIN user_tags t USING (u) WHERE buy AND e.p IS NOT NULL AND t.${tag} IS NOT NULL),
  b AS (SELECT value, count(DISTINCT u) AS k FROM g GROUP BY value),
  n AS (SELECT p, count(*) AS n FROM g GROUP BY p)
SELECT p, value, count(*) AS a, any_value(n.n) AS n, any_value(b.k) AS k, (SELECT sum(k) FROM b) AS total
FROM g JOIN n USING (p) JOIN b USING (value) GROUP BY p, value ORDER BY p, value`,
    compute: {
      columns: [
        ['p', 'UINTEGER'],
        ['audience', 'VARCHAR'],
      ],
      run: audiences,
    },
  });

export const audienceRelations: Relation[] = [audience('gender_audience', 'gender'), audience('age_audience', 'age_band')];

const base = {
  entity: 'product',
  dimension: 'sales',
  kind: 'dynamic',
  type: 'enum',
  unit: '',
  rows: 'buy',
  nullRule: 'Unknown without a buyer whose value is known.',
} as const;
export const audienceTags: TagDef[] = [
  defineTag({
    ...base,
    id: 'audience_gender',
    title: 'Audience by gender',
    needs: ['events:purchase', 'users.gender'],
    plan: { kind: 'column', relation: 'gender_audience', column: 'audience' },
    description: 'The gender that buys it at least 1.2 times as often as all buyers do, beyond chance; else balanced.',
  }),
  defineTag({
    ...base,
    id: 'audience_age_band',
    title: 'Audience by age',
    needs: ['events:purchase', 'users.age|users.birth_date'],
    plan: { kind: 'column', relation: 'age_audience', column: 'audience' },
    description: 'The age band that buys it at least 1.2 times as often as all buyers do, beyond chance; else balanced.',
  }),
];
