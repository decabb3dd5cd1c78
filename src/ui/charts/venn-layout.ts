import { inMask } from '../../segments/partition.ts';
import { distanceFor, partAreas, type Circle } from '../../stats/circles.ts';
import { nelderMead } from '../../stats/nelder-mead.ts';

export interface VennLayout {
  /** In the order of the sets; an empty set has radius 0. Units: 1 = the radius of a circle as large as everybody in the sets. */
  circles: Circle[];
  /** Greatest difference between a part's area and its size, as a share of everybody in the sets. 0 for two sets. */
  error: number;
}

/**
 * Circles whose areas, and the areas of whose parts, are as the sizes of the parts (`sizes[mask]`). Two circles can always do it: the distance is found
 * by bisection. Three cannot in general (seven parts, six numbers to choose): the sum of squared errors is made least by Nelder-Mead, from circles of
 * the right size at pairwise right distances, and the error that is left is given.
 */
export function layoutVenn(sizes: readonly number[], sets: 2 | 3): VennLayout {
  const total = sizes.reduce((s, n, mask) => (mask ? s + n : s), 0);
  if (total === 0) return { circles: Array.from({ length: sets }, () => ({ x: 0, y: 0, r: 0 })), error: 0 };
  const goal = sizes.map((n, mask) => (mask ? (Math.PI * n) / total : 0));
  const sum = (of: (mask: number) => boolean): number => goal.reduce((s, a, mask) => (of(mask) ? s + a : s), 0);
  const r = Array.from({ length: sets }, (_, i) => Math.sqrt(sum((m) => inMask(m, i)) / Math.PI));
  const apart = (i: number, j: number): number => {
    const d = distanceFor(
      r[i]!,
      r[j]!,
      sum((m) => inMask(m, i) && inMask(m, j)),
    );
    // Sets that share nobody stand a little apart, so that it is seen.
    return d >= r[i]! + r[j]! - 1e-9 ? d + 0.06 : d;
  };
  const d12 = apart(0, 1);
  const two: Circle[] = [
    { x: 0, y: 0, r: r[0]! },
    { x: d12, y: 0, r: r[1]! },
  ];
  if (sets === 2) return { circles: two, error: 0 };
  const [d13, d23] = [apart(0, 2), apart(1, 2)];
  const x3 = d12 > 0 ? Math.max(-d13, Math.min(d13, (d12 * d12 + d13 * d13 - d23 * d23) / (2 * d12))) : d13;
  const first: Circle[] = [...two, { x: x3, y: Math.sqrt(Math.max(0, d13 * d13 - x3 * x3)), r: r[2]! }];
  const circlesOf = ([x2, cx, cy, ...radii]: number[]): Circle[] => [
    { x: 0, y: 0, r: Math.abs(radii[0]!) },
    { x: x2!, y: 0, r: Math.abs(radii[1]!) },
    { x: cx!, y: cy!, r: Math.abs(radii[2]!) },
  ];
  const loss = (x: number[]): number => partAreas(circlesOf(x)).reduce((s, a, mask) => s + (mask ? (a - goal[mask]!) ** 2 : 0), 0);
  let best = { x: [two[1]!.x, first[2]!.x, first[2]!.y, ...r], value: Infinity };
  best.value = loss(best.x);
  // A simplex may settle too early: it is begun anew from where it stopped, with smaller steps.
  for (const step of [0.3, 0.1, 0.03]) {
    const found = best.value > 1e-12 ? nelderMead(loss, best.x, step, 600) : best;
    if (found.value < best.value) best = found;
  }
  const circles = circlesOf(best.x);
  const error = Math.max(...partAreas(circles).map((a, mask) => (mask ? Math.abs(a - goal[mask]!) / Math.PI : 0)));
  return { circles: circles[2]!.y < 0 ? circles.map((c) => ({ ...c, y: -c.y })) : circles, error };
}

/** The circles laid into a box of this size, margins kept; y grows downwards. */
export function fitVenn(circles: readonly Circle[], width: number, height: number, margin: number): Circle[] {
  const drawn = circles.filter((c) => c.r > 0);
  if (drawn.length === 0) return circles.map(() => ({ x: width / 2, y: height / 2, r: 0 }));
  const [x0, x1] = [Math.min(...drawn.map((c) => c.x - c.r)), Math.max(...drawn.map((c) => c.x + c.r))];
  const [y0, y1] = [Math.min(...drawn.map((c) => c.y - c.r)), Math.max(...drawn.map((c) => c.y + c.r))];
  const scale = Math.min((width - 2 * margin) / (x1 - x0), (height - 2 * margin) / (y1 - y0));
  return circles.map((c) => ({
    x: width / 2 + (c.x - (x0 + x1) / 2) * scale,
    y: height / 2 + ((y0 + y1) / 2 - c.y) * scale,
    r: c.r * scale,
  }));
}

export const maskAt = (circles: readonly Circle[], x: number, y: number): number =>
  circles.reduce((mask, c, i) => (Math.hypot(x - c.x, y - c.y) <= c.r ? mask | (1 << i) : mask), 0);

/** For each part: the place furthest from all edges, and how far; null where the part has no area. By a grid, in pixels. */
export function partCentres(circles: readonly Circle[], width: number, height: number): ({ x: number; y: number; room: number } | null)[] {
  const out: ({ x: number; y: number; room: number } | null)[] = Array.from({ length: 1 << circles.length }, () => null);
  const step = Math.max(2, Math.round(Math.min(width, height) / 110));
  for (let y = step / 2; y < height; y += step)
    for (let x = step / 2; x < width; x += step) {
      const mask = maskAt(circles, x, y);
      if (mask === 0) continue;
      const room = Math.min(...circles.filter((c) => c.r > 0).map((c) => Math.abs(Math.hypot(x - c.x, y - c.y) - c.r)));
      if (!out[mask] || room > out[mask].room) out[mask] = { x, y, room };
    }
  return out;
}
