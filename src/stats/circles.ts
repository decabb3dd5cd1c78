export interface Circle {
  x: number;
  y: number;
  r: number;
}
interface Point {
  x: number;
  y: number;
}

/** Area that two circles with centres d apart share (lens). */
export function lensArea(r1: number, r2: number, d: number): number {
  if (r1 <= 0 || r2 <= 0 || d >= r1 + r2) return 0;
  const small = Math.min(r1, r2);
  if (d <= Math.abs(r1 - r2)) return Math.PI * small * small;
  const part = (r: number, other: number): number => {
    const a = Math.max(-1, Math.min(1, (d * d + r * r - other * other) / (2 * d * r)));
    return r * r * (Math.acos(a) - a * Math.sqrt(1 - a * a));
  };
  return part(r1, r2) + part(r2, r1);
}

/** Distance of centres at which two circles share `area`: by bisection, as the lens shrinks with distance. Touching from outside for 0, from inside for all of the smaller. */
export function distanceFor(r1: number, r2: number, area: number): number {
  let lo = Math.abs(r1 - r2);
  let hi = r1 + r2;
  if (area <= 0) return hi;
  if (area >= Math.PI * Math.min(r1, r2) ** 2) return lo;
  for (let i = 0; i < 80; i++) {
    const mid = (lo + hi) / 2;
    if (lensArea(r1, r2, mid) > area) lo = mid;
    else hi = mid;
  }
  return (lo + hi) / 2;
}

/** Area that all circles share: the polygon of the crossings inside all of them, and a segment of a circle over each of its sides. */
export function commonArea(circles: readonly Circle[]): number {
  const eps = 1e-9 * Math.max(...circles.map((c) => c.r));
  const inside = (p: Point): boolean => circles.every((c) => Math.hypot(p.x - c.x, p.y - c.y) <= c.r + eps);
  const corners: (Point & { of: number[] })[] = [];
  circles.forEach((a, i) =>
    circles.slice(i + 1).forEach((b, k) => crossings(a, b).forEach((p) => inside(p) && corners.push({ ...p, of: [i, i + 1 + k] }))),
  );
  if (corners.length < 2) {
    const least = circles.reduce((s, c) => (c.r < s.r ? c : s));
    const within = circles.every((c) => c === least || Math.hypot(c.x - least.x, c.y - least.y) <= c.r - least.r + eps);
    return within ? Math.PI * least.r ** 2 : 0;
  }
  const mid = { x: mean(corners.map((p) => p.x)), y: mean(corners.map((p) => p.y)) };
  corners.sort((a, b) => Math.atan2(a.y - mid.y, a.x - mid.x) - Math.atan2(b.y - mid.y, b.x - mid.x));
  return corners.reduce((sum, p, i) => {
    const q = corners[(i + 1) % corners.length]!;
    const bulges = p.of.filter((c) => q.of.includes(c)).map((c) => bulge(circles[c]!, p, q));
    return sum + (p.x * q.y - q.x * p.y) / 2 + (bulges.length ? Math.min(...bulges) : 0);
  }, 0);
}

/** Area between the chord from p to q and the circle's arc, going anticlockwise from p to q. */
function bulge(c: Circle, p: Point, q: Point): number {
  const angle = Math.atan2(q.y - c.y, q.x - c.x) - Math.atan2(p.y - c.y, p.x - c.x);
  const turn = angle < 0 ? angle + 2 * Math.PI : angle;
  return (c.r * c.r * (turn - Math.sin(turn))) / 2;
}

function crossings(a: Circle, b: Circle): Point[] {
  const d = Math.hypot(b.x - a.x, b.y - a.y);
  if (d === 0 || d >= a.r + b.r || d <= Math.abs(a.r - b.r)) return [];
  const along = (d * d + a.r * a.r - b.r * b.r) / (2 * d);
  const off = Math.sqrt(Math.max(0, a.r * a.r - along * along));
  const [ux, uy] = [(b.x - a.x) / d, (b.y - a.y) / d];
  return [1, -1].map((s) => ({ x: a.x + ux * along - s * uy * off, y: a.y + uy * along + s * ux * off }));
}
const mean = (xs: number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;

/** Areas of the parts of two or three circles by mask: bit i set where the part lies in circle i. */
export function partAreas(circles: readonly Circle[]): number[] {
  const n = circles.length;
  const shared = Array.from({ length: 1 << n }, (_, mask) => {
    const own = circles.filter((_c, i) => mask & (1 << i));
    if (own.length === 0) return 0;
    if (own.length === 1) return Math.PI * own[0]!.r ** 2;
    return own.length === 2 ? lensArea(own[0]!.r, own[1]!.r, Math.hypot(own[0]!.x - own[1]!.x, own[0]!.y - own[1]!.y)) : commonArea(own);
  });
  // Inclusion and exclusion over the supersets of each mask.
  return shared.map((_, mask) =>
    mask === 0 ? 0 : shared.reduce((sum, area, over) => ((over & mask) === mask ? sum + (bits(over ^ mask) % 2 ? -area : area) : sum), 0),
  );
}
const bits = (x: number): number => (x ? (x & 1) + bits(x >> 1) : 0);
