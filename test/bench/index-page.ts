import { and, andInto, bitsOf, countBits, type Bits } from '../../src/segments/index/bits.ts';
import { coded, numberColumn, withCodes, type TextColumn } from '../../src/segments/index/column.ts';
import { Counted, packsOf } from '../../src/segments/index/packs.ts';
import { testBits } from '../../src/segments/index/test-bits.ts';

/** What runs in the browser: a table of n users by the arithmetic of `bench/index.ts`, edits and profiles over it. Milliseconds. */
export interface IndexTimes {
  count: number;
  members: number;
  edit: number;
  editNumber: number;
  profile: number;
  checksum: number;
}
const TAGS = 30;
const VALUES = 10;
/** Multiplier of tag t: a prime, so that tags are not copies of one another. */
export const factor = (t: number): number => 7919 + 2 * t * 31;

/** The least of many runs: what is nearest to CPU where other work takes the core away in between. */
const least = (run: () => void, times = 80): number => {
  const all = Array.from({ length: times }, () => {
    const from = performance.now();
    run();
    return performance.now() - from;
  });
  return Math.min(...all);
};

export function measure(n: number): IndexTimes {
  const tags = Array.from({ length: TAGS }, (_, t): TextColumn => {
    const codes = new Uint8Array(n);
    for (let i = 0; i < n; i++) codes[i] = ((i * factor(t)) % 1009) % (VALUES + 1);
    return { kind: 'text', values: Array.from({ length: VALUES }, (_v, v) => `v${v}`), ...coded(codes, VALUES) };
  });
  const spent = numberColumn(Float64Array.from({ length: n }, (_, i) => ((i * 104_729) % 50_021) / 100));
  const packs = packsOf(tags, n);
  const clause = (t: number, values: number[]): Bits => {
    const yes = new Uint8Array(VALUES + 1);
    values.forEach((v) => (yes[v] = 1));
    return withCodes(tags[t]!, yes);
  };
  // Five clauses stand; the sixth is the one that is edited.
  const standing = [1, 2, 3, 4, 5].map((t) => clause(t, [1, 2, 3, 4, 5, 6, 7, 8]));
  let [members, step, sum] = [bitsOf([], n), 0, 0];
  const all = (last: Bits): number => {
    const out = and(standing[0]!, last);
    for (const s of standing.slice(1)) andInto(out, s);
    members = out;
    return countBits(out);
  };
  const edit = least(() => (sum += all(clause(0, [1, 2, 3, 1 + (step++ % VALUES)]))));
  const editNumber = least(() => (sum += all(testBits(spent, 'number', { op: 'between', value: [10 + (step++ % 50), 400] }, '2024-01-01'))));
  const profile = least(() => {
    const group = new Counted(members, n, packs);
    for (const tag of tags) sum += group.counts(tag)[1]!;
  });
  return { count: n, members: countBits(members), edit, editNumber, profile, checksum: sum };
}
