/** Draws the mark (a mosaic of three by three tiles) as SVG and as PNG icons in `public/icons`. Pure: the PNG bytes are made here. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync, crc32 as crc } from 'node:zlib';

const LAPIS = '#2841b5';
const STONE = '#dedad3';
const GOLD = '#e1aa40';
const GROUND = '#fdfcf9';
const TILES = [
  [LAPIS, LAPIS, LAPIS],
  [STONE, GOLD, STONE],
  [STONE, LAPIS, STONE],
] as const;
const TILE = 6;
const STEP = 7;
const SIDE = 2 * STEP + TILE;

function svg(): string {
  const rects = TILES.flatMap((row, y) =>
    row.map((fill, x) => `<rect x="${x * STEP}" y="${y * STEP}" width="${TILE}" height="${TILE}" rx="1" fill="${fill}"/>`),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">${rects.join('')}</svg>\n`;
}

const rgb = (hex: string): [number, number, number] => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) as [number, number, number];

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** A PNG of `size` pixels; the mark fills the share `fill` of it, the rest is the tile colour of the app. */
function png(size: number, fill: number): Buffer {
  const scale = (size * fill) / SIDE;
  const start = (size - SIDE * scale) / 2;
  const at = (v: number): number | null => {
    const unit = (v + 0.5 - start) / scale;
    const tile = Math.floor(unit / STEP);
    return tile >= 0 && tile < 3 && unit - tile * STEP < TILE ? tile : null;
  };
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [tileX, tileY] = [at(x), at(y)];
      const colour = tileX === null || tileY === null ? GROUND : (TILES[tileY]?.[tileX] ?? GROUND);
      rows.set(rgb(colour), y * (size * 3 + 1) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

const out = new URL('../public/icons/', import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL('mark.svg', out), svg());
writeFileSync(new URL('icon-192.png', out), png(192, 0.78));
writeFileSync(new URL('icon-512.png', out), png(512, 0.78));
writeFileSync(new URL('maskable-512.png', out), png(512, 0.5)); // the mark stays inside the safe circle
console.log('Wrote public/icons.');
