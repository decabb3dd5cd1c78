import type { Relation, TagContext, TagDef, TagMaker } from '../define.ts';
import { defineRelation, defineTag } from '../define.ts';
import { findColumn } from '../needs.ts';
import { ident, literal } from '../../engine/sql.ts';
import { pagerank } from '../../stats/pagerank.ts';
import { louvain } from '../../stats/louvain.ts';
import { column } from '../../core/frame.ts';
import type { Frame } from '../../core/frame.ts';

const base = {
  entity: 'user',
  dimension: 'social',
  kind: 'dynamic',
  type: 'int',
  unit: '',
  bands: 'quantiles',
  nullRule: '0 without any.',
  needs: ['edges'],
} as const;

export const socialRelations: Relation[] = [
  /** The referrer on file, else the earliest referral link into the user; ties: by id. */
  defineRelation({
    name: 'referrers',
    entity: 'user',
    uses: [],
    sql: ({ facts }) => {
      const edges = `SELECT v AS u, first(u ORDER BY "at" NULLS LAST, u) AS by FROM edge_base WHERE kind = 'referral' GROUP BY v`;
      if (!findColumn(facts, 'users', 'referrer_id')) return `SELECT e.u, i.user_id AS referrer FROM (${edges}) e JOIN user_ids i ON i.u = e.by`;
      return `SELECT n.u, coalesce(b.referrer_id::VARCHAR, i.user_id) AS referrer FROM universe n LEFT JOIN user_base b USING (u) LEFT JOIN (${edges}) e ON e.u = n.u LEFT JOIN user_ids i ON i.u = e.by`;
    },
  }),
  defineRelation({
    name: 'referred',
    entity: 'user',
    uses: [],
    tags: ['orders'],
    sql: () =>
      `SELECT e.u, count(DISTINCT e.v) AS n, count(DISTINCT e.v) FILTER (b.orders > 0) AS converted FROM edge_base e JOIN ut b ON b.u = e.v WHERE e.kind = 'referral' GROUP BY e.u`,
  }),
  defineRelation({
    name: 'degrees',
    entity: 'user',
    uses: [],
    sql: () =>
      'SELECT a AS u, count(DISTINCT b) AS degree FROM (SELECT u AS a, v AS b FROM edge_base UNION ALL SELECT v, u FROM edge_base) WHERE a <> b GROUP BY a',
  }),
  defineRelation({
    name: 'out_degrees',
    entity: 'user',
    uses: [],
    sql: (ctx) => `SELECT u${perKind(ctx, 'v')} FROM edge_base GROUP BY u`,
  }),
  defineRelation({
    name: 'in_degrees',
    entity: 'user',
    uses: [],
    sql: (ctx) => `SELECT v AS u${perKind(ctx, 'u')} FROM edge_base GROUP BY v`,
  }),
  /** Follow links run to whom they name; referrals and shares run back to who made them; gifts do not count. */
  defineRelation({
    name: 'ranks',
    entity: 'user',
    uses: [],
    sql: () => `SELECT n.u, list(DISTINCT e.b) AS links FROM universe n LEFT JOIN (
  SELECT u AS a, v AS b FROM edge_base WHERE kind = 'follow' UNION ALL SELECT v, u FROM edge_base WHERE kind IN ('referral', 'share')
) e ON e.a = n.u GROUP BY n.u ORDER BY n.u`,
    compute: {
      columns: [
        ['u', 'UINTEGER'],
        ['influence', 'DOUBLE'],
      ],
      run: (input) => {
        const { ids, links } = graph(input);
        const rank = pagerank(links);
        return ids.map((id, i) => [id, rank[i]! * ids.length]);
      },
    },
  }),
  defineRelation({
    name: 'communities',
    entity: 'user',
    uses: [],
    sql: () => `SELECT n.u, list(DISTINCT e.b) AS links FROM universe n LEFT JOIN (
  SELECT u AS a, v AS b FROM edge_base WHERE u <> v UNION ALL SELECT v, u FROM edge_base WHERE u <> v
) e ON e.a = n.u GROUP BY n.u ORDER BY n.u`,
    compute: {
      columns: [
        ['u', 'UINTEGER'],
        ['c', 'UINTEGER'],
        ['size', 'INTEGER'],
      ],
      run: (input) => {
        const { ids, links } = graph(input);
        const of = louvain(links);
        const size = new Map<number, number>();
        for (const c of of) size.set(c, (size.get(c) ?? 0) + 1);
        // Users without any link belong to no community.
        return ids.flatMap((id, i) => (links[i]!.length ? [[id, ids[of[i]!]!, size.get(of[i]!)!]] : []));
      },
    },
  }),
  defineRelation({
    name: 'community_names',
    entity: 'user',
    uses: ['communities'],
    sql: () => 'SELECT c.u, i.user_id AS name, c.size FROM communities c JOIN user_ids i ON i.u = c.c',
  }),
];

/** Distinct partners per kind of link, each as a column of its own. */
const perKind = (ctx: TagContext, of: string): string =>
  ctx.probe.edgeKinds.map((k) => `, count(DISTINCT ${of}) FILTER (kind = ${literal(k)}) AS ${ident(k)}`).join('');

/** Adjacency over places 0…n−1 from rows (u in ascending order, list of neighbours' u). */
function graph(input: Frame): { ids: number[]; links: number[][] } {
  const ids = Array.from(column(input, 'u'), Number);
  const place = new Map(ids.map((id, i) => [id, i]));
  const links = Array.from(column(input, 'links'), (l) =>
    Array.isArray(l) ? l.flatMap((v) => (v === null ? [] : (place.get(Number(v)) ?? []))).sort((a, b) => a - b) : [],
  );
  return { ids, links };
}

const degreeTags: TagMaker = ({ probe }) =>
  probe.edgeKinds.flatMap((kind) =>
    (['out', 'in'] as const).map((way) =>
      defineTag({
        ...base,
        id: `${way}_degree:${kind}`,
        title: way === 'out' ? `${kind} to` : `${kind} from`,
        plan: { kind: 'column', relation: `${way}_degrees`, column: kind, zero: true },
        description: way === 'out' ? `How many other users this user reached by “${kind}”.` : `How many other users reached this user by “${kind}”.`,
      }),
    ),
  );

export const socialTags: (TagDef | TagMaker)[] = [
  defineTag({
    ...base,
    id: 'referred_by',
    title: 'Referred by',
    kind: 'static',
    type: 'id',
    bands: undefined,
    needs: ['users.referrer_id|edges'],
    nullRule: 'Unknown for users nobody referred.',
    description: 'The user who brought this one.',
    plan: { kind: 'column', relation: 'referrers', column: 'referrer' },
  }),
  defineTag({
    ...base,
    id: 'referrals',
    title: 'Referrals',
    description: 'How many users this user brought.',
    plan: { kind: 'column', relation: 'referred', column: 'n', zero: true },
  }),
  defineTag({
    ...base,
    id: 'referrals_converted',
    title: 'Referrals who bought',
    needs: ['edges', 'events:purchase'],
    description: 'How many of the users this user brought have bought.',
    plan: { kind: 'column', relation: 'referred', column: 'converted', zero: true },
  }),
  defineTag({
    ...base,
    id: 'degree',
    title: 'Contacts',
    description: 'How many other users this user is linked with, by any kind of link.',
    plan: { kind: 'column', relation: 'degrees', column: 'degree', zero: true },
  }),
  degreeTags,
  defineTag({
    ...base,
    id: 'influence',
    title: 'Influence',
    type: 'number',
    source: 'PageRank: Page, Brin, Motwani & Winograd 1999',
    nullRule: 'Always known.',
    description: 'How central the user is among follows, referrals and shares; 1 is the average.',
    plan: { kind: 'column', relation: 'ranks', column: 'influence' },
  }),
  defineTag({
    ...base,
    id: 'community',
    title: 'Community',
    type: 'id',
    bands: undefined,
    source: 'Louvain: Blondel et al. 2008',
    nullRule: 'Unknown for users without any link.',
    description: 'The group of users linked more with each other than with others, named by its first member.',
    plan: { kind: 'column', relation: 'community_names', column: 'name' },
  }),
  defineTag({
    ...base,
    id: 'community_size',
    title: 'Community size',
    source: 'Louvain: Blondel et al. 2008',
    nullRule: 'Unknown for users without any link.',
    description: 'How many users the community has.',
    plan: { kind: 'column', relation: 'community_names', column: 'size' },
  }),
];
