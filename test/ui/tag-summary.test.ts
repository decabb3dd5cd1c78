import { expect, test } from 'vitest';
import type { TagInfo } from '../../src/core/tag.ts';
import { finding, summary } from '../../src/ui/tags/summary.ts';

const tag = {
  title: 'Preferred weekday',
  type: 'int',
  unit: 'weekday',
  known: 100,
  figures: { min: 1, q1: 2, median: 4, mean: 4, q3: 5, max: 7 },
  values: [
    { value: 'Monday', n: 20 },
    { value: 'Thursday', n: 55 },
    { value: 'Friday', n: 25 },
  ],
} as unknown as TagInfo;

test('a weekday is told by the commonest, a number by its middle', () => {
  expect(summary(tag, '')).toMatch(/^Thursday 55/);
  expect(finding(tag, '')).toContain('Thursday');
  expect(summary({ ...tag, unit: '' }, '')).toBe('median 4');
  expect(finding({ ...tag, unit: '' }, '')).toBe('Half of them lie between 2 and 5');
});
