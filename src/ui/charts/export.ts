import { svgText, wrap, type SvgNode } from './svg-text.ts';

const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'font-variant-numeric',
];
const PLAIN = new Set(['class', 'style', 'tabindex', 'role']);
const PAD = 20;

/** The element as plain data with the colours and type it has on screen, marks for the keyboard left out. */
function read(el: Element): SvgNode {
  const style = getComputedStyle(el);
  const attributes: Record<string, string> = {};
  for (const a of el.attributes) if (!PLAIN.has(a.name) && !a.name.startsWith('aria-') && !a.name.startsWith('data-')) attributes[a.name] = a.value;
  if (el.tagName !== 'svg' && el.tagName !== 'defs')
    for (const s of STYLES) {
      const v = style.getPropertyValue(s);
      if (v && v !== 'normal' && !(s === 'stroke-width' && style.stroke === 'none'))
        attributes[s] = v.replace(/url\("?[^"#)]*(#[^")]+)"?\)/, 'url($1)');
    }
  const children: (SvgNode | string)[] = [];
  for (const c of el.childNodes) {
    if (c.nodeType === Node.TEXT_NODE) {
      if (c.textContent?.trim()) children.push(c.textContent);
    } else if (c instanceof Element && !c.hasAttribute('data-skip-export')) children.push(read(c));
  }
  return { tag: el.tagName, attributes, children };
}

export interface ChartWords {
  title: string;
  sub: string;
  basis: string;
}

/** The chart with its title, second line and basis as one SVG file without any outside reference. */
export function chartSvg(svg: SVGSVGElement, words: ChartWords): string {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(name).trim();
  const width = svg.width.baseVal.value,
    height = svg.height.baseVal.value;
  const full = width + PAD * 2;
  const title = wrap(words.title, Math.floor(full / 8.4)),
    sub = wrap(words.sub, Math.floor(full / 5.8)),
    basis = wrap(words.basis, Math.floor(full / 5.4));
  const line = (text: string, y: number, font: string, size: number, weight: number, fill: string): SvgNode => ({
    tag: 'text',
    attributes: {
      x: String(PAD),
      y: String(y),
      'font-family': colour(font),
      'font-size': `${size}px`,
      'font-weight': String(weight),
      fill: colour(fill),
    },
    children: [text],
  });
  const head: SvgNode[] = [];
  let y = PAD;
  for (const t of title) head.push(line(t, (y += 22) - 4, '--serif', 17, 600, '--ink'));
  for (const t of sub) head.push(line(t, (y += 16) - 2, '--sans', 12, 400, '--ink-3'));
  const top = y + 12;
  const foot = basis.map((t, i) => line(t, top + height + 24 + i * 15, '--sans', 11, 400, '--ink-3'));
  const total = top + height + 16 + basis.length * 15 + PAD - 4;
  const body: SvgNode = { tag: 'g', attributes: { transform: `translate(${PAD} ${top})` }, children: read(svg).children };
  return svgText({
    tag: 'svg',
    attributes: { xmlns: 'http://www.w3.org/2000/svg', width: String(full), height: String(total), viewBox: `0 0 ${full} ${total}` },
    children: [
      { tag: 'title', attributes: {}, children: [words.title] },
      { tag: 'rect', attributes: { width: String(full), height: String(total), fill: colour('--tile') }, children: [] },
      ...head,
      body,
      ...foot,
    ],
  });
}

const FAMILIES: [string, string, number][] = [
  ['IBM Plex Sans', '100 700', 0],
  ['Source Serif 4', '200 900', 1],
];
/** The app's own font files as data: URLs, so that a picture drawn from the SVG has the type of the page. */
async function fontStyle(): Promise<string> {
  const rules: string[] = [];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const family = rule.style.getPropertyValue('font-family').replace(/["']/g, '');
      const face = FAMILIES.find(([f]) => f === family);
      if (!face || !/U\+0{1,4}-FF/i.test(rule.style.getPropertyValue('unicode-range'))) continue;
      const url = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!url) continue;
      const bytes = new Uint8Array(await (await fetch(new URL(url, sheet.href ?? location.href))).arrayBuffer());
      let text = '';
      for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
      rules.push(`@font-face{font-family:'${face[0]}';font-weight:${face[1]};src:url(data:font/woff2;base64,${btoa(text)})}`);
    }
  return rules.join('');
}

/** The SVG as PNG at twice its size, with the page's own type. */
export async function chartPng(svg: string): Promise<Blob> {
  const style = await fontStyle().catch(() => '');
  const text = style ? svg.replace(/^(<svg[^>]*>)/, `$1<style>${style}</style>`) : svg;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  const context = canvas.getContext('2d')!;
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  return new Promise((done, fail) => canvas.toBlob((b) => (b ? done(b) : fail(new Error('no picture'))), 'image/png'));
}
