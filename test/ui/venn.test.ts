import { describe, expect, it } from 'vitest';
import { layoutUpset } from '../../src/ui/charts/upset-layout.ts';
import { layoutVenn } from '../../src/ui/charts/venn-layout.ts';
import { partAreas } from '../../src/stats/circles.ts';

describe('Venn', () => {
  it('two circles are exact, whatever their sizes', () => {
    for (const sizes of [
      [0, 300, 200, 100],
      [9, 5, 1000, 1],
      [0, 0, 70, 30],
      [0, 50, 50, 0],
    ]) {
      const { circles, error } = layoutVenn(sizes, 2);
      const total = sizes[1]! + sizes[2]! + sizes[3]!;
      partAreas(circles).forEach((area, mask) => mask && expect(area / Math.PI).toBeCloseTo(sizes[mask]! / total, 6));
      expect(error).toBe(0);
    }
  });
  it('three circles come as near as they can, and the error left is said', () => {
    const sizes = [0, 1024, 3089, 219, 1223, 150, 437, 32];
    const { circles, error } = layoutVenn(sizes, 3);
    const total = sizes.reduce((a, b) => a + b, 0);
    const worst = Math.max(...partAreas(circles).map((area, mask) => (mask ? Math.abs(area / Math.PI - sizes[mask]! / total) : 0)));
    expect(error).toBeCloseTo(worst, 9);
    expect(error).toBeLessThan(0.01);
    // All in one another's pairs but nobody in all three: no circles can show that.
    expect(layoutVenn([0, 0, 0, 100, 0, 100, 100, 0], 3).error).toBeGreaterThan(0.01);
    expect(layoutVenn([10, 0, 0, 0, 0, 0, 0, 0], 3).circles.every((c) => c.r === 0)).toBe(true);
  });
});
describe('UpSet', () => {
  it('sets and parts by size, hidden parts last', () => {
    const parts = [
      { mask: 0, n: 9 },
      { mask: 1, n: 5 },
      { mask: 2, n: null },
      { mask: 3, n: 50 },
    ];
    const layout = layoutUpset(['A', 'B'], [55, 60], parts, 5, 700);
    expect(layout.rows.map((r) => r.index)).toEqual([1, 0]);
    expect(layout.columns.map((c) => c.mask)).toEqual([3, 1, 2]);
    expect(layout.more.parts).toBe(0);
  });
});
