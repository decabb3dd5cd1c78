import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { ProfileCell, ProfileTag } from '../../src/core/profile.ts';
import { layoutBars } from '../../src/ui/charts/bars-layout.ts';
import { layoutHistogram } from '../../src/ui/charts/histogram-layout.ts';
import { pictureTwin, sayCell } from '../../src/ui/charts/picture-words.ts';
import { layoutPicture, pictureRows } from '../../src/ui/charts/picture-layout.ts';
import { layoutSpark } from '../../src/ui/charts/spark-layout.ts';
import { svgText, wrap, type SvgNode } from '../../src/ui/charts/svg-text.ts';
import { fit, textWidth } from '../../src/ui/charts/text.ts';
import { tgiClass } from '../../src/ui/charts/tgi-class.ts';
import { cutRows, rowsNow, tgiRows } from '../../src/ui/charts/tgi-list.ts';
import { layoutTimeline } from '../../src/ui/charts/timeline-layout.ts';

const cell = (value: string, share: number, base: number, clear = true, extra: Partial<ProfileCell> = {}): ProfileCell => {
  const tgi = base ? (share / base) * 100 : null;
  return {
    value,
    a: 10,
    K: 100,
    share,
    base,
    tgi,
    lo: tgi && tgi * 0.9,
    hi: tgi && tgi * 1.1,
    p: 0.01,
    q: clear ? 0.01 : 0.5,
    clear,
    term: Math.abs(share - base),
    hidden: false,
    ...extra,
  };
};
const tag = (id: string, D: number, cells: ProfileCell[], inRule = false): ProfileTag => ({
  id,
  title: `Tag ${id}`,
  dimension: 'activity',
  kind: 'dynamic',
  type: 'enum',
  unit: '',
  n: 100,
  N: 1000,
  unknown: 0,
  cells,
  D,
  inRule,
  numbers: null,
});
const options = {
  width: 800,
  limit: 10,
  known: (n: number) => `${n} known`,
  moreWord: (n: number) => `${n} more`,
  tgiWord: (t: number | null, clear: boolean) => (clear ? String(Math.round(t ?? 0)) : '≈ 100'),
};

test('TGI classes have the limits of the look, and a difference that is not clear is none', () => {
  expect([49.9, 50, 79.9, 80, 94.9, 95, 105, 105.1, 125, 125.1, 200, 200.1].map((t) => tgiClass(t, true))).toEqual([
    1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7,
  ]);
  expect(tgiClass(300, false)).toBe(4);
  expect(tgiClass(null, true)).toBe(4);
});

describe('the picture', () => {
  const tags = [
    tag('quiet', 0.9, [cell('a', 0.5, 0.5, false), cell('b', 0.5, 0.5, false)]),
    tag('small', 0.01, [cell('x', 0.6, 0.5), cell('y', 0.4, 0.5)]),
    tag('big', 0.4, [cell('x', 0.9, 0.5), cell('y', 0.1, 0.5)]),
    tag('rule', 2, [cell('x', 1, 0.1)], true),
  ];
  test('rows go by what tells apart, the rule last, and tags without a clear difference are only counted', () => {
    const r = pictureRows(tags);
    expect(r.findings.map((t) => t.id)).toEqual(['big', 'small']);
    expect(r.rule.map((t) => t.id)).toEqual(['rule']);
    expect(r.quiet).toBe(1);
  });
  test('its table names who it is compared with, and without a comparison has shares alone', () => {
    const reading = { baseline: 'everyone else', k: 5, shares: false };
    const twin = pictureTwin([tags[2]!, tags[3]!], reading);
    expect(twin.columns.find((c) => c.id === 'base')!.label).toBe('everyone else');
    expect(twin.rows[0]).toEqual(['Tag big', 'x', 0.9, 0.5, expect.any(Number), expect.anything(), expect.anything(), expect.any(String)]);
    expect(twin.rows).toHaveLength(3);
    const alone = pictureTwin([tags[2]!], { ...reading, shares: true });
    expect(alone.columns.map((c) => c.id)).toEqual(['tag', 'value', 'here']);
    expect(alone.rows).toEqual([['Tag big', 'x', 0.9], ['Tag big', 'y', 0.1]]); // prettier-ignore
    const big = { tag: tags[2]! };
    expect(sayCell(big, { cell: tags[2]!.cells[0]!, joined: null }, reading)).toMatch(/^Tag big, x.*everyone else/);
    expect(sayCell(big, { cell: null, joined: { n: 3, share: 0.1, hidden: true } }, reading)).toContain('5');
  });
  test('heights follow √D between 24 and 60; cells fill the row by share and joints', () => {
    const l = layoutPicture(tags, options);
    expect(l.rows.map((r) => r.h)).toEqual([60, 24, 20]);
    for (const r of l.rows) {
      const last = r.cells.at(-1)!;
      expect(r.cells[0]!.x).toBeCloseTo(l.left);
      expect(last.x + last.w).toBeCloseTo(options.width);
    }
    expect(l.rows[0]!.cells.map((c) => c.cls)).toEqual([6, 1]);
    expect(l.rows[2]!.cells.every((c) => c.cls === 4 && c.tgi === '')).toBe(true);
    expect(l.ruleY).toBe(l.rows[2]!.y);
  });
  test('groups too small are joined, never named, and their share is not drawn to scale', () => {
    const l = layoutPicture(
      [tag('t', 1, [cell('a', 0.7, 0.4), cell('secret', 0, 0, false, { hidden: true }), cell('secret2', 0, 0, false, { hidden: true })])],
      options,
    );
    const few = l.rows[0]!.cells.at(-1)!;
    expect(few.joined).toEqual({ n: 2, share: 0, hidden: true });
    expect(JSON.stringify(l.rows.map((r) => r.cells))).not.toContain('secret');
  });
  test('whatever the shares: inside the width, in order, about 3 px at least, at most 13 cells', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.0001, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 280, max: 1400 }),
        (shares, width) => {
          const sum = shares.reduce((a, b) => a + b, 0);
          const l = layoutPicture(
            [
              tag(
                't',
                1,
                shares.map((s, i) => cell(`v${i}`, s / sum, 0.5)),
              ),
            ],
            { ...options, width },
          );
          const cells = l.rows[0]!.cells;
          const last = cells.at(-1)!;
          return (
            cells.length <= 13 &&
            last.x + last.w <= width + 0.01 &&
            cells.every((c, i) => c.w >= 2.5 && (i === 0 || c.x > cells[i - 1]!.x + cells[i - 1]!.w))
          );
        },
      ),
      { numRuns: 200, seed: 4, endOnFailure: true },
    );
  });
  test('on a phone the name stands above its row', () => {
    const l = layoutPicture(tags, { ...options, width: 340 });
    expect(l.narrow).toBe(true);
    expect(l.left).toBe(0);
    expect(l.rows[0]!.y).toBe(20);
  });
});

test('the TGI list ranks by the end of the interval nearest 100 and leaves the rule out', () => {
  const t = [
    tag('a', 1, [
      cell('wide', 0.4, 0.2, true, { lo: 110, hi: 290 }),
      cell('sure', 0.3, 0.2, true, { lo: 140, hi: 160 }),
      cell('under', 0.1, 0.2, true, { lo: 30, hi: 70 }),
      cell('chance', 0.2, 0.2, false),
    ]),
    tag('b', 1, [cell('ruled', 0.9, 0.1)], true),
  ];
  const r = tgiRows(t);
  expect(r.over.map((x) => x.cell.value)).toEqual(['sure', 'wide']);
  expect(r.under.map((x) => x.cell.value)).toEqual(['under']);
  expect(cutRows({ over: Array(20).fill(r.over[0]), under: Array(2).fill(r.under[0]) }, 16)).toMatchObject({
    over: { length: 14 },
    under: { length: 2 },
  });
});

test('the TGI list keeps its rows in place while others are brushed, pale where nothing is clear for now', () => {
  const rows = [tag('a', 1, [cell('x', 0.4, 0.2), cell('y', 0.3, 0.2), cell('z', 0.3, 0.2)])].flatMap((t) =>
    t.cells.map((c) => ({ tag: t, cell: c })),
  );
  const now = [tag('a', 1, [cell('y', 0.6, 0.2), cell('x', 0.2, 0.2, false)])];
  expect(rowsNow(rows, now, new Map()).map((r) => [r.cell.value, r.cell.share, r.pale])).toEqual([
    ['x', 0.2, true],
    ['y', 0.6, false],
    ['z', 0.3, true],
  ]);
  // The brushed tag shows what it was, its chosen values strong.
  expect(rowsNow(rows, now, new Map([['a', new Set(['z'])]])).map((r) => [r.cell.share, r.pale])).toEqual([
    [0.4, true],
    [0.3, true],
    [0.3, false],
  ]);
});

describe('bars and bins', () => {
  test('bars begin at 0 and the longest fits', () => {
    const l = layoutBars(
      [
        { id: '1', label: 'Users', value: 10 },
        { id: '2', label: 'Orders', value: 5, hi: 20 },
      ],
      400,
      (i) => String(i.value),
    );
    expect(l.rows[0]!.w).toBeCloseTo(l.barWidth / 2);
    expect(l.rows[0]!.w + l.labelWidth).toBeLessThanOrEqual(400);
    expect(layoutBars([{ id: '1', label: 'Users', value: 10 }], 200, () => '').stacked).toBe(true);
  });
  test('a histogram has at most five ticks, the unit on the last, bands named where they fit', () => {
    const l = layoutHistogram({ edges: [0, 10, 20, 30, 40], counts: [4, 3, 2, 1] }, 400, 160, [20], ['low', 'high'], String, null);
    expect(l.bins.map((b) => b.share)).toEqual([0.4, 0.3, 0.2, 0.1]);
    expect(l.bins.map((b) => b.cut)).toEqual([0, 0, 1, 1]);
    expect(l.xTicks.length).toBeLessThanOrEqual(6);
    expect(l.yTicks.at(-1)!.text).toContain('%');
    expect(l.cuts.map((c) => c.text)).toEqual(['low', 'high']);
  });
  test('a flat or empty histogram still draws', () => {
    expect(layoutHistogram({ edges: [5, 5], counts: [3] }, 300, 160, [], [], String, null).bins[0]!.w).toBeGreaterThan(0);
    expect(layoutHistogram({ edges: [0, 1], counts: [0] }, 300, 160, [], [], String, null).bins[0]!.h).toBe(0);
  });
  test('sparks: a strip for few values, bars for many, nothing for nothing', () => {
    const base = { histogram: null, order: null, type: 'enum' as const };
    expect(
      layoutSpark(
        {
          ...base,
          values: [
            { value: 'a', n: 3 },
            { value: 'b', n: 1 },
          ],
        },
        100,
        30,
      ).map((b) => b.kind),
    ).toEqual(['part', 'part']);
    expect(layoutSpark({ ...base, values: Array.from({ length: 9 }, (_, i) => ({ value: String(i), n: i })) }, 100, 30)).toHaveLength(8);
    expect(layoutSpark({ ...base, values: [] }, 100, 30)).toEqual([]);
    expect(
      layoutSpark({ ...base, type: 'number', histogram: { edges: [], counts: Array(60).fill(1) }, values: [] }, 100, 30).length,
    ).toBeLessThanOrEqual(24);
  });
});

test('a timeline puts purchases on top and hides nothing behind another', () => {
  const event = (at: string | null, kind: string): import('../../src/core/profile.ts').CardEvent => ({
    at,
    event: kind,
    product: null,
    productName: null,
    category: null,
    amount: null,
    quantity: null,
    order: null,
    device: null,
    channel: null,
    occasion: null,
    file: 'f',
    line: 2,
  });
  const l = layoutTimeline(
    [event('2026-01-01 10:00:00', 'view'), event('2026-01-01 10:00:00', 'view'), event('2026-03-01 10:00:00', 'purchase'), event(null, 'view')],
    600,
  );
  expect(l.lanes.map((x) => x.event)).toEqual(['purchase', 'view']);
  expect(l.dots).toHaveLength(3);
  expect(l.dots[0]!.y).not.toBe(l.dots[1]!.y);
  expect(layoutTimeline([event(null, 'view')], 600).dots).toEqual([]);
});

describe('pictures as files', () => {
  const node = (tag: string, attributes: Record<string, string> = {}, children: (SvgNode | string)[] = []): SvgNode => ({
    tag,
    attributes,
    children,
  });
  test('text is escaped, and nothing that could fetch or run gets in', () => {
    const text = svgText(
      node('svg', { xmlns: 'http://www.w3.org/2000/svg' }, [
        node('text', { onclick: 'steal()', fill: 'url(#ok)', x: '1' }, ['</text><script>alert(1)</script>']),
        node('image', { href: 'https://example.com/x.png' }),
        node('foreignObject', {}, [node('script', {}, ['x'])]),
        node('rect', { fill: 'url(https://example.com/x)', 'xlink:href': '#a' }),
        node('style', {}, ['@import "https://example.com"']),
        node('style', {}, ['@font-face{src:url(data:font/woff2;base64,AA)}']),
        node('a', { href: 'javascript:1' }, ['x']),
      ]),
    );
    expect(text).not.toMatch(/<script|onclick|example\.com|foreignObject|<image|javascript|xlink/);
    expect(text).toContain('url(#ok)');
    expect(text).toContain('data:font/woff2');
  });
  test('any text survives as one text node', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (t) => {
        const out = svgText(node('text', { 'data-x': t }, [t]));
        return (out.match(/</g) ?? []).length <= 2 && !out.includes('\u0000');
      }),
      { numRuns: 200, seed: 1, endOnFailure: true },
    );
  });
  test('titles break into lines', () => expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']));
});

test('texts are cut to what fits', () => {
  expect(fit('Preferred hour', 500)).toBe('Preferred hour');
  const cut = fit('Favourite category of this year', 80);
  expect(cut.endsWith('…')).toBe(true);
  expect(textWidth(cut)).toBeLessThanOrEqual(80);
  expect(fit('Beauty', 5)).toBe('');
});
