import { describe, expect, it } from 'vitest';
import { commonArea, distanceFor, lensArea, partAreas, type Circle } from '../../src/stats/circles.ts';
import { nelderMead } from '../../src/stats/nelder-mead.ts';

/** Areas by counting points of a fine grid: what the formulas must agree with. */
function byGrid(circles: Circle[], cells = 400): number[] {
  const lo = Math.min(...circles.flatMap((c) => [c.x - c.r, c.y - c.r]));
  const hi = Math.max(...circles.flatMap((c) => [c.x + c.r, c.y + c.r]));
  const step = (hi - lo) / cells;
  const out = new Array<number>(1 << circles.length).fill(0);
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const [x, y] = [lo + (i + 0.5) * step, lo + (j + 0.5) * step];
      const mask = circles.reduce((m, c, b) => (Math.hypot(x - c.x, y - c.y) <= c.r ? m | (1 << b) : m), 0);
      if (mask) out[mask]! += step * step;
    }
  return out;
}

describe('areas of circles', () => {
  it('lens and its distance', () => {
    expect(lensArea(1, 1, 0)).toBeCloseTo(Math.PI, 12);
    expect(lensArea(1, 1, 2)).toBe(0);
    expect(lensArea(2, 1, 0.5)).toBeCloseTo(Math.PI, 12);
    // Two unit circles through each other's centre: 2π/3 − √3/2.
    expect(lensArea(1, 1, 1)).toBeCloseTo((2 * Math.PI) / 3 - Math.sqrt(3) / 2, 12);
    for (const area of [0.1, 1, 2.5]) expect(lensArea(1, 1.4, distanceFor(1, 1.4, area))).toBeCloseTo(area, 9);
    expect(distanceFor(1, 2, 0)).toBe(3);
    expect(distanceFor(1, 2, Math.PI)).toBe(1);
  });
  it('parts of three circles agree with a grid, whatever their places', () => {
    const cases: Circle[][] = [
      [
        { x: 0, y: 0, r: 1 },
        { x: 1, y: 0, r: 1 },
        { x: 0.5, y: 0.8, r: 1 },
      ],
      [
        { x: 0, y: 0, r: 2 },
        { x: 0.5, y: 0, r: 1 },
        { x: 0.2, y: 0.3, r: 0.4 },
      ],
      [
        { x: 0, y: 0, r: 1 },
        { x: 1.5, y: 0, r: 1 },
        { x: 0.75, y: 0, r: 0.6 },
      ],
      [
        { x: 0, y: 0, r: 1 },
        { x: 3, y: 0, r: 1 },
        { x: 1.5, y: 0, r: 1 },
      ],
      [
        { x: 0, y: 0, r: 1 },
        { x: 0.1, y: 0, r: 1 },
        { x: 0.6, y: 1.2, r: 0.9 },
      ],
    ];
    for (const circles of cases) {
      const grid = byGrid(circles);
      partAreas(circles).forEach((area, mask) => expect(Math.abs(area - grid[mask]!)).toBeLessThan(0.03));
    }
    expect(
      commonArea([
        { x: 0, y: 0, r: 1 },
        { x: 1, y: 0, r: 1 },
      ]),
    ).toBeCloseTo(lensArea(1, 1, 1), 12);
  });
  it('finds the least value of a valley', () => {
    const rosenbrock = ([x, y]: number[]): number => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2;
    const { x } = nelderMead(rosenbrock, [-1.2, 1], 0.5);
    expect(x[0]).toBeCloseTo(1, 4);
    expect(x[1]).toBeCloseTo(1, 4);
  });
});
