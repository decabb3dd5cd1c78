import type { Rule } from '../../core/rule.ts';

type End = number | string;
/** The values of a tag from `lo` to `hi`, null where it is open; `closed`: which of the two belong to it. */
interface Range {
  tag: string;
  lo: End | null;
  hi: End | null;
  closed: { lo: boolean; hi: boolean };
}
const LOW = { gt: false, gte: true, after: true } as const;
const HIGH = { lt: false, lte: true, before: false } as const;

/** One end of a band or a month, as a rule says it. */
function endOf(rule: Rule): Range | null {
  if (!('tag' in rule)) return null;
  const [[op, value] = [], ...more] = Object.entries(rule).filter(([key]) => key !== 'tag');
  if (op === undefined || more.length > 0 || (typeof value !== 'number' && typeof value !== 'string')) return null;
  if (op in LOW) return { tag: rule.tag, lo: value, hi: null, closed: { lo: LOW[op as keyof typeof LOW], hi: false } };
  if (op in HIGH) return { tag: rule.tag, lo: null, hi: value, closed: { lo: false, hi: HIGH[op as keyof typeof HIGH] } };
  return null;
}

function rangeOf(rule: Rule): Range | null {
  if (!('all' in rule)) return endOf(rule);
  const [low, high, more] = rule.all.map(endOf);
  if (!low || !high || more !== undefined || low.tag !== high.tag || low.lo === null || high.hi === null) return null;
  return { tag: low.tag, lo: low.lo, hi: high.hi, closed: { lo: low.closed.lo, hi: high.closed.hi } };
}

function ruleOf({ tag, lo, hi, closed }: Range): Rule {
  const low = lo === null ? [] : [typeof lo === 'string' ? { tag, after: lo } : closed.lo ? { tag, gte: lo } : { tag, gt: lo }];
  const high = hi === null ? [] : [typeof hi === 'string' ? { tag, before: hi } : closed.hi ? { tag, lte: hi } : { tag, lt: hi }];
  const ends: Rule[] = [...low, ...high];
  return ends.length === 0 ? { tag, known: true } : ends.length === 1 ? ends[0]! : { all: ends };
}

/**
 * One rule for those that any of these values of one tag holds for: bands and months that meet are one range, single values a list, so that what was dragged
 * over reads as it was meant. Others stay side by side.
 */
export function joinedRule(rules: readonly Rule[]): Rule {
  if (rules.length === 1) return rules[0]!;
  const ranges = rules.map(rangeOf);
  if (ranges.every((r) => r !== null)) {
    const inOrder = ranges.toSorted((a, b) => (a.lo === null ? -1 : b.lo === null ? 1 : a.lo < b.lo ? -1 : 1));
    const made: Range[] = [];
    for (const next of inOrder) {
      const last = made.at(-1);
      // Two that meet share the end, and it belongs to exactly one of them.
      if (last?.tag === next.tag && last.hi !== null && last.hi === next.lo && last.closed.hi !== next.closed.lo)
        Object.assign(last, { hi: next.hi, closed: { lo: last.closed.lo, hi: next.closed.hi } });
      else made.push({ ...next });
    }
    return made.length === 1 ? ruleOf(made[0]!) : { any: made.map(ruleOf) };
  }
  const values = rules.flatMap((r) => ('tag' in r && 'is' in r && typeof r.is === 'string' ? [{ tag: r.tag, is: r.is }] : []));
  if (values.length === rules.length && new Set(values.map((v) => v.tag)).size === 1) return { tag: values[0]!.tag, in: values.map((v) => v.is) };
  return { any: [...rules] };
}
