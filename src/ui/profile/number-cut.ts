import type { ProfileTag } from '../../core/profile.ts';
import type { Rule } from '../../core/rule.ts';
import { num, tagValue } from '../format.ts';
import type { Brushable, RuleOf } from './cross-filter.svelte.ts';

const PREFIX = 'median:';

/** A number's own name among what is brushed: a cut at its median is another chart than its bands, which follow it. */
export const cutTag = (t: Pick<ProfileTag, 'id' | 'title'>): Brushable => ({ id: PREFIX + t.id, title: t.title });

/** A number of a tag in its unit; of small shares two digits, as a tenth of a percent would tell none of them apart. */
export const numberText = (v: number, t: Pick<ProfileTag, 'type' | 'unit'>, currency: string): string =>
  t.type === 'share' && v !== 0 && Math.abs(v) < 0.001 ? `${num(v * 100, 2)}\u202f%` : tagValue(v, t.type, t.unit === 'day' ? 'd' : '', currency);

/** The two sides of a number at the comparison's median, as values that can be brushed: at or above it, and below. */
export function cutsOf(
  t: Pick<ProfileTag, 'id' | 'type' | 'unit' | 'numbers'>,
  currency: string,
): { at: string; below: string; rule: RuleOf } | null {
  if (!t.numbers) return null;
  const cut = t.numbers.baseMedian;
  const said = numberText(cut, t, currency);
  const [at, below] = [`≥\u202f${said}`, `<\u202f${said}`];
  const rule = (_: string, value: string): Rule | null => (value === at ? { tag: t.id, gte: cut } : value === below ? { tag: t.id, lt: cut } : null);
  return { at, below, rule };
}
