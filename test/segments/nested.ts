import fc from 'fast-check';
import type { Rule } from '../../src/core/rule.ts';

/** Rules of these leaves under all, any and not, three deep at most. */
export const nested = (leaf: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('rule'), { maxLength: 3 }).map((all): Rule => ({ all })),
      fc.array(tie('rule'), { maxLength: 3 }).map((any): Rule => ({ any })),
      tie('rule').map((not): Rule => ({ not })),
    ),
  })).rule;
