import type { BuildReport } from '../../src/core/files.ts';
import type { ProfileCell, ProfileTag } from '../../src/core/profile.ts';
import type { ProjectDoc } from '../../src/core/project.ts';
import { DEFAULT_SETTINGS, type Basis } from '../../src/core/settings.ts';
import type { Catalogue, TagInfo } from '../../src/core/tag.ts';
import type { Kept } from '../../src/ui/state/app.svelte.ts';

/** Invented numbers, for looking at the shell without an engine. Nothing here is shipped. */
const tag = (
  id: string,
  title: string,
  dimension: TagInfo['dimension'],
  kind: TagInfo['kind'],
  type: TagInfo['type'],
  values: [string, number][],
  extra: Partial<TagInfo> = {},
): TagInfo => ({
  id,
  entity: 'user',
  title,
  description: `${title} of a user.`,
  dimension,
  kind,
  type,
  unit: '',
  version: '1',
  order: null,
  values: values.map(([value, n]) => ({ value, n })),
  distinct: values.length,
  known: values.reduce((s, v) => s + v[1], 0),
  universe: 20000,
  figures: null,
  histogram: null,
  bands: null,
  freshness: kind === 'static' ? null : 1,
  needs: [],
  nullRule: '',
  ...extra,
});
const curve = Array.from({ length: 30 }, (_, i) => Math.round(900 * Math.exp(-((i - 9) ** 2) / 40) + 20 * i));
export const TAGS: TagInfo[] = [
  tag('gender', 'Gender', 'demographic', 'static', 'enum', [
    ['female', 11800],
    ['male', 7400],
  ]),
  tag(
    'age_band',
    'Age band',
    'demographic',
    'static',
    'enum',
    [
      ['18–24', 2100],
      ['25–34', 8300],
      ['35–44', 5500],
      ['45–54', 2300],
      ['55+', 1200],
    ],
    { order: ['18–24'] },
  ),
  tag(
    'monetary',
    'Spend',
    'purchasing power',
    'dynamic',
    'money',
    [
      ['low', 4000],
      ['mid', 4200],
      ['high', 4000],
    ],
    {
      histogram: { edges: curve.map((_, i) => i * 20).concat([600]), counts: curve },
      figures: { min: 1, q1: 60, median: 104, q3: 220, max: 3000, mean: 151 },
      bands: { edges: [100, 200, 400], labels: ['low', 'mid', 'upper', 'high'], leftClosed: false },
    },
  ),
  tag(
    'discount_share',
    'Buys at a discount',
    'consumption needs',
    'dynamic',
    'share',
    [
      ['rarely', 3000],
      ['sometimes', 3000],
      ['often', 6200],
    ],
    { histogram: { edges: [0, 0.2, 0.5, 0.8, 1], counts: [3000, 2000, 1200, 6000] } },
  ),
  tag(
    'churn',
    'Chance to leave',
    'activity',
    'model',
    'share',
    [
      ['low', 3000],
      ['mid', 5000],
      ['high', 2000],
    ],
    { histogram: { edges: curve.map((_, i) => i / 30).concat([1]), counts: curve } },
  ),
];
const cell = (value: string, n: number, share: number, base: number, clear = true): ProfileCell => {
  const tgi = base ? (share / base) * 100 : null,
    half = 1.96 * Math.sqrt((share * (1 - share)) / n);
  return {
    value,
    a: Math.round(share * n),
    K: Math.round(base * 20000),
    share,
    base,
    tgi,
    lo: base ? (Math.max(0, share - half) / base) * 100 : null,
    hi: base ? ((share + half) / base) * 100 : null,
    p: 0.01,
    q: clear ? 0.001 : 0.4,
    clear,
    term: Math.abs(share - base) * Math.abs(Math.log((share + 1e-6) / (base + 1e-6))),
    hidden: false,
  };
};
const row = (id: string, title: string, D: number, cells: ProfileCell[], extra: Partial<ProfileTag> = {}): ProfileTag => ({
  id,
  title,
  dimension: 'activity',
  kind: 'dynamic',
  type: 'enum',
  unit: '',
  n: 1483,
  N: 20000,
  unknown: 0,
  cells,
  D,
  inRule: false,
  numbers: null,
  ...extra,
});
export const PROFILE: ProfileTag[] = [
  row('gender', 'Gender', 0.022, [cell('Women', 1434, 0.672, 0.6), cell('Men', 1434, 0.328, 0.4)], { n: 1434 }),
  row('hour', 'Preferred hour', 0.42, [
    cell('Morning', 1483, 0.001, 0.068),
    cell('Afternoon', 1483, 0.023, 0.21),
    cell('Evening, 18–24 h', 1483, 0.976, 0.689),
  ]),
  row('device', 'Main device', 0.17, [cell('iOS', 1483, 0.461, 0.363), cell('Android', 1483, 0.461, 0.418), cell('Desktop', 1483, 0.079, 0.219)]),
  row('city', 'City tier', 0.12, [
    cell('Tier 1', 1483, 0.218, 0.223, false),
    cell('Tier 2', 1483, 0.471, 0.339),
    cell('Tier 3', 1483, 0.22, 0.269),
    cell('Tier 4+', 1483, 0.091, 0.169),
  ]),
  row('cat', 'Favourite category', 0.11, [
    cell('Beauty', 1483, 0.209, 0.155),
    cell('Apparel', 1483, 0.256, 0.198),
    cell('Home', 1483, 0.092, 0.13),
    cell('Electronics', 1483, 0.212, 0.205, false),
    cell('Food & drink', 1483, 0.043, 0.073),
    cell('Baby & kids', 1483, 0.083, 0.083, false),
    cell('Sports', 1483, 0.093, 0.119),
    { ...cell('Books & toys', 1483, 0, 0.03, false), hidden: true },
  ]),
  row(
    'age',
    'Age band',
    0.1,
    [
      cell('18–24', 1405, 0.086, 0.108),
      cell('25–34', 1405, 0.567, 0.43),
      cell('35–44', 1405, 0.246, 0.284),
      cell('45–54', 1405, 0.06, 0.117),
      cell('55+', 1405, 0.041, 0.062),
    ],
    { n: 1405 },
  ),
  row(
    'occupation',
    'Occupation',
    0.04,
    [
      cell('Office', 1057, 0.29, 0.305, false),
      cell('Service', 1057, 0.2, 0.197, false),
      cell('Trade', 1057, 0.109, 0.121, false),
      cell('Manager', 1057, 0.123, 0.085),
      cell('Student', 1057, 0.018, 0.036),
      cell('Freelance', 1057, 0.26, 0.256, false),
    ],
    { n: 1057 },
  ),
  row('channel', 'Main channel', 1.2, [cell('Flash sale', 1483, 0.9, 0.12), cell('Search', 1483, 0.06, 0.5), cell('Feed', 1483, 0.04, 0.38)], {
    inRule: true,
  }),
  row('stage', 'Lifecycle stage', 0.9, [cell('New', 1483, 0.06, 0.1), cell('Active', 1483, 0.64, 0.2), cell('At risk', 1483, 0.3, 0.7)], {
    inRule: true,
  }),
  row('weekday', 'Preferred weekday', 0, [cell('Mon', 1483, 0.5, 0.5, false), cell('Tue', 1483, 0.5, 0.5, false)]),
];
const facts = {
  tables: {},
  users: 20000,
  products: 1500,
  events: { purchase: 59331, view: 500000 },
  firstEvent: '2025-07-01 00:03:11',
  lastEvent: '2026-08-31 23:58:02',
  hourKnown: true,
  priced: true,
  digest: 'x',
};
const doc: ProjectDoc = {
  schema: 1,
  id: 'fake',
  name: 'Flash-sale shop',
  createdAt: '2026-11-01T10:00:00Z',
  savedAt: '2026-11-24T17:42:00Z',
  demo: 'flash-sale',
  files: [],
  mapping: { files: [] },
  settings: { ...DEFAULT_SETTINGS, currency: 'EUR' },
  segments: [
    { id: 's1', name: 'Flash regulars', rule: { tag: 'gender', is: 'female' } },
    { id: 's2', name: 'Price hunters', rule: { tag: 'discount_share', gte: 0.5 } },
  ],
  view: { theme: 'system', density: 'default' },
};
const basis: Basis = { ...doc.settings, asOf: '2026-09-01 00:00:00' };
const catalogue: Catalogue = { tags: TAGS, waiting: [], asOf: basis.asOf, universe: { user: 20000, product: 1500 }, ms: 210 };
export const KEPT: Kept = {
  doc,
  history: { undo: [], redo: [] },
  report: { facts, joins: [], notes: [], accounts: [], ms: 1 } as BuildReport,
  basis,
  catalogue,
  tables: null,
};
