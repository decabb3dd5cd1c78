/** The picture of the first screen: a head in profile laid in tiles, a halo of gold, and stone around it. Drawn from this file alone, always the same. */
export const COLUMNS = 94;
export const ROWS = 80;
const CELL = 10;

/** First and last column of the head in each row, from row 20 down. */
const FIRST_ROW = 20;
const HEAD =
  '65-69 62-72 60-74 58-75 57-76 57-77 56-77 55-78 55-78 55-79 54-79 54-79 54-80 54-80 54-80 54-80 54-80 53-80 52-80 51-80 50-79 50-79 53-79 53-78 52-78 53-77 52-76 53-75 54-75 53-74 53-73 53-72 53-72 56-72 60-72 60-72 60-72 60-72 60-73 59-74 57-75 55-77 53-79 51-81 49-83 48-84 48-85 47-86 47-86 46-87 46-87 45-87 45-88 45-88 45-88 44-89 44-89 44-89 44-89 44-89'
    .split(' ')
    .map((r) => r.split('-').map(Number) as [number, number]);
const HALO = { x: 68.2, y: 36.6 };

export interface MosaicLayer {
  fill: string;
  opacity: number;
  d: string;
  part: 'head' | 'halo' | 'ground';
}

/** A number from 0 to 1 that belongs to a place: the same on every device. */
function noise(x: number, y: number, salt: number): number {
  let h = (x * 374761393 + y * 668265263 + salt * 1274126177) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h ^= h >>> 16;
  return (h >>> 0) / 4294967296;
}

/** A tile: a square turned by at most two degrees and a little smaller or larger than its neighbour, as laid by hand. */
function tile(x: number, y: number): string {
  const turn = (noise(x, y, 1) - 0.5) * 1,
    size = 7.3 + noise(x, y, 2) * 0.7;
  const px = x * CELL + 1.2 + (noise(x, y, 3) - 0.5) * 0.5,
    py = y * CELL + 1.2 + (noise(x, y, 4) - 0.5) * 0.5;
  const n = (v: number): string => v.toFixed(1);
  return `M${n(px)} ${n(py)}l${n(size)} ${n(turn)} ${n(-turn)} ${n(size)} ${n(-size)} ${n(-turn)}z`;
}

/** What lies at a place: fill, opacity in steps, or null for bare ground. */
function at(x: number, y: number): { fill: string; opacity: number; part: MosaicLayer['part'] } | null {
  const row = HEAD[y - FIRST_ROW];
  if (row && x >= row[0] && x <= row[1]) {
    // Light falls from the left: paler at the face, deepest at the back of head and shoulder.
    const across = (x - row[0]) / Math.max(1, row[1] - row[0]);
    const level = Math.round(3.6 + across * 2.4 + (noise(x, y, 5) - 0.5) * 1.5);
    return { fill: `--seq-${Math.max(3, Math.min(6, level))}`, opacity: 1, part: 'head' };
  }
  const dx = x - HALO.x,
    dy = y - HALO.y,
    r = Math.hypot(dx, dy),
    angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const step = (v: number): number => [0.3, 0.5, 0.7, 0.95][Math.min(3, Math.floor(v * 4))]!;
  if (angle > -91 && angle < 72 && r > 20.5 && r < 22.6)
    return { fill: '--gold-fill', opacity: angle > 62 || angle < -84 ? 0.5 : step(0.15 + noise(x, y, 6) * 0.85), part: 'halo' };
  if (angle > -91 && angle < 20 && r > 23.9 && r < 25.1 && noise(x, y, 7) > 0.12)
    return { fill: '--base', opacity: step(noise(x, y, 8)), part: 'halo' };
  // Stone fades out to the left, where the words stand.
  const near = Math.min(1, Math.max(0, (x - 17) / 58));
  if (noise(x, y, 9) > near * 3.2 + 0.02) return null;
  return {
    fill: noise(x, y, 10) > 0.78 ? '--grout' : '--base-soft',
    opacity: Math.max(1, Math.round((0.07 + near * near * 0.75) * (0.75 + noise(x, y, 11) * 0.4) * 10)) / 10,
    part: 'ground',
  };
}

/** The tiles joined to one path per colour and strength: some thirty paths for nearly six thousand tiles. */
export function mosaic(): MosaicLayer[] {
  const layers = new Map<string, MosaicLayer>();
  for (let y = 0; y < ROWS; y++)
    for (let x = 0; x < COLUMNS; x++) {
      const t = at(x, y);
      if (!t) continue;
      const key = `${t.part}${t.fill}${t.opacity}`;
      const layer = layers.get(key) ?? { ...t, d: '' };
      layer.d += tile(x, y);
      layers.set(key, layer);
    }
  return [...layers.values()];
}
