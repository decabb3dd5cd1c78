import { describe, expect, it } from 'vitest';
import type { OwnTag } from '../../src/core/own-tag.ts';
import type { Rule, Segment } from '../../src/core/rule.ts';
import { decodeLink, encodeLink, questionLink, segmentLink, tagLink, type LinkSource } from '../../src/project/link.ts';
import { LINK_MOST, pack } from '../../src/project/link-code.ts';
import { take, wantedOf } from '../../src/project/link-take.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { words } from '../../src/segments/words.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { FACTS, tag } from '../segments/fixture.ts';

const inner: Segment = { id: 'in', name: 'From Lyon', rule: { tag: 'city', in: ['Lyon', '里昂 “old”', 'مدينة'] } };
const RULE: Rule = {
  all: [
    { segment: 'in' },
    { tag: 'own_spend', is: 'much' },
    {
      did: {
        event: ['view', 'cart'],
        where: [{ any: [{ col: 'channel', is: 'ads' }, { not: { col: 'category', is: 'Shoes' } }] }],
        count: { gte: 2 },
      },
    },
    { sequence: [{ event: 'view' }, { no: { event: 'refund', where: [{ col: 'device', is: 'mobile' }] } }, { event: 'purchase' }], gap: [7, 'day'] },
  ],
};
const outer: Segment = { id: 'out', name: 'Young buyers', rule: RULE, limit: { top: 100, by: 'monetary' } };
const own: OwnTag = {
  id: 'own_spend',
  entity: 'user',
  versions: [
    { version: '1.0', title: 'Old', description: '', dimension: 'activity', unit: '', at: '', source: { kind: 'ids', list: 'u1\tmuch' } },
    {
      version: '2.0',
      title: 'Spend',
      description: 'How much',
      dimension: 'purchasing power',
      unit: '',
      at: '2026-01-01T00:00:00Z',
      source: { kind: 'bands', tag: 'monetary', by: 'fixed', edges: [100], labels: ['little', 'much'] },
    },
  ],
};
const from: LinkSource = { segments: [inner, outer], ownTags: [own], tags: [{ ...tag('city', 'enum'), title: 'City' }, tag('monetary', 'money')] };
const ctx = (over: Partial<RuleContext> = {}): RuleContext => ({
  tags: from.tags as RuleContext['tags'],
  facts: FACTS,
  basis: { ...DEFAULT_SETTINGS, asOf: '2024-07-01 00:00:00' },
  segments: [],
  ...over,
});
let n = 0;
const fresh = () => `new${n++}`;

describe('a link', () => {
  it('carries a segment with the segments and own tags it needs, the version in force alone, and comes back equal', async () => {
    const link = segmentLink(outer, from);
    expect(link.segments.map((s) => s.id)).toEqual(['in', 'out']);
    expect(link.tags.map((t) => [t.id, t.now.version])).toEqual([['own_spend', '2.0']]);
    expect(link.names.map((x) => x.id).sort()).toEqual(['city', 'monetary']);
    const text = await encodeLink(link);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(text.length).toBeLessThan(1000);
    expect(await decodeLink(text)).toEqual(link);
  });
  it('holds no list of ids, wherever it stands', () => {
    const code = { code: 'LINK_INVALID' };
    expect(() => segmentLink({ ...outer, rule: { not: { ids: ['u1'] } } }, from)).toThrow(expect.objectContaining(code) as Error);
    const listed = { ...own, versions: [own.versions[0]!] };
    expect(() => tagLink(listed, { ...from, ownTags: [listed] })).toThrow(expect.objectContaining(code) as Error);
    expect(() => segmentLink(outer, { ...from, ownTags: [listed] })).toThrow(expect.objectContaining(code) as Error);
  });
  it('refuses what is too long, cut off, of a newer version or nothing of ours, in a sentence', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => String((i * 7919) % 99_991));
    await expect(encodeLink(segmentLink({ ...inner, rule: { tag: 'city', in: many } }, from))).rejects.toMatchObject({ code: 'LINK_INVALID' });
    const text = await encodeLink(segmentLink(outer, from));
    for (const broken of [text.slice(0, -20), `${text}%`, '', 'A'.repeat(LINK_MOST + 1), 'abc'])
      await expect(decodeLink(broken), broken.slice(0, 9)).rejects.toMatchObject({
        code: 'LINK_INVALID',
        message: 'This link is not whole: part of it was lost on the way.',
      });
    await expect(decodeLink(await pack({ v: 2 }))).rejects.toMatchObject({ message: 'This link was made by a newer Tessera.' });
    for (const odd of [
      null,
      3,
      { v: 1 },
      { v: 1, what: 'segment', segments: [], tags: [], names: [] },
      { v: 1, what: 'segment', segments: [{}], tags: [], names: [] },
    ])
      await expect(decodeLink(await pack(odd))).rejects.toMatchObject({ message: 'This link holds nothing that Tessera knows.' });
    // Eight thousand signs that would unfold to a gigabyte are not unfolded.
    await expect(decodeLink(await pack('x'.repeat(5_000_000)))).rejects.toMatchObject({ code: 'LINK_INVALID' });
  });
  it('is added under new ids and free names, with what it needs pointing at its own', () => {
    const taken = take(segmentLink(outer, from), {}, { segments: [{ ...outer, id: 'x' }], tags: [{ id: 'own_spend' }] }, fresh, 'now');
    const [a, b] = taken.segments;
    expect(b!.name).toBe('Young buyers 2');
    expect(taken.ownTags[0]!.id).toBe('own_spend_2');
    expect(taken.ownTags[0]!.versions).toHaveLength(1);
    expect((b!.rule as { all: Rule[] }).all.slice(0, 2)).toEqual([{ segment: a!.id }, { tag: 'own_spend_2', is: 'much' }]);
  });
  it('asks for what is called otherwise here, and puts it in its place everywhere', () => {
    const link = segmentLink(outer, from);
    expect(wantedOf(link, ctx()).filter((w) => w.kind === 'tag')).toEqual([]);
    const here = ctx({ tags: [{ ...tag('town', 'enum'), title: 'Town' }, tag('spent', 'money')], facts: { ...FACTS, events: { buy: 3, look: 9 } } });
    const wanted = wantedOf(link, here);
    expect(wanted.filter((w) => w.kind !== 'column').map((w) => `${w.kind} ${w.id}: ${w.options.map((o) => o.value).join(' ')}`)).toEqual([
      'tag city: town',
      'tag monetary: spent',
      'event view: buy look',
      'event cart: buy look',
      'event refund: buy look',
      'event purchase: buy look',
    ]);
    const chosen = { 'tag city': 'town', 'tag monetary': 'spent', 'event view': 'look', 'event purchase': 'buy', 'column channel': 'via' };
    const { segments, ownTags } = take(link, chosen, { segments: [], tags: [] }, fresh, 'now');
    const text = JSON.stringify([segments, ownTags]);
    for (const gone of ['"city"', '"monetary"', '"view"', '"purchase"', '"channel"']) expect(text).not.toContain(gone);
    expect(segments[1]!.limit).toEqual({ top: 100, by: 'spent' });
    expect(words(segments[0]!, here)).toContain('town');
  });
  it('puts other names into a formula as well, and leaves the rest of its text alone', () => {
    const ratio: OwnTag = {
      id: 'own_ratio',
      entity: 'user',
      versions: [
        {
          ...own.versions[1]!,
          title: 'Ratio',
          source: { kind: 'formula', text: "monetary / (1 +  own_spend_n) + if(city = 'monetary', [monetary], 0)" },
        },
      ],
    };
    const also: OwnTag = {
      id: 'own_spend_n',
      entity: 'user',
      versions: [{ ...own.versions[1]!, title: 'N', source: { kind: 'formula', text: 'monetary * 2' } }],
    };
    const link = tagLink(ratio, { ...from, ownTags: [ratio, also] });
    const { ownTags } = take(link, { 'tag monetary': 'spent so far' }, { segments: [], tags: [{ id: 'own_spend_n' }] }, fresh, 'now');
    const texts = Object.fromEntries(ownTags.map((t) => [t.id, t.versions[0]!.source])) as Record<string, unknown>;
    expect(texts).toMatchObject({
      own_ratio: { text: "[spent so far] / (1 +  own_spend_n_2) + if(city = 'monetary', [spent so far], 0)" },
      own_spend_n_2: { text: '[spent so far] * 2' },
    });
  });
  it('carries a question with who it is asked of', async () => {
    const asked = {
      id: 'retention',
      room: 'insights' as const,
      params: { breakdown: 'city', clock: 'rolling' },
      segment: 'in',
      baseline: { kind: 'segment' as const, id: 'in' },
    };
    const link = await decodeLink(await encodeLink(questionLink(asked, ['breakdown'], from)));
    const { question, segments } = take(link, { 'tag city': 'town' }, { segments: [], tags: [] }, fresh, 'now');
    expect(question).toMatchObject({ segment: segments[0]!.id, baseline: { id: segments[0]!.id }, params: { breakdown: 'town', clock: 'rolling' } });
  });
});
