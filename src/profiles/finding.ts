import { listed } from '../core/sentence.ts';
import type { Profile, ProfileCell, ProfileFigure, ProfileTag } from '../core/profile.ts';
import { titleWords } from '../segments/words-title.ts';
import { amount, share1, shareOf, times, unbroken, whole } from './say.ts';

/** Titles are findings made from the numbers by these templates (look, "Chart grammar" 1). None claims what its numbers do not carry. */
export const LONGEST = 90;
const MONEY = new Set(['monetary', 'revenue', 'aov']);
const nouns = (p: Pick<Profile, 'entity'>, noun: string | undefined): string => noun ?? (p.entity === 'user' ? 'users' : 'products');
export interface Saying {
  /** The segment's name; null for a rule without one or for everyone. */
  name: string | null;
  /** True for a profile of everyone. */
  everyone?: boolean;
  /** What the project calls a user: "users", "customers". */
  noun?: string;
}

/** "Flash regulars: 7 % of users, 29 % of revenue", which fits any name, singular or plural. Of everyone: how many, and what each brings. */
export function headline(p: Profile, say: Saying): string {
  const noun = nouns(p, say.noun);
  if (p.n === 0) return say.name ? `Nobody is in ${say.name}` : 'Nobody is in this segment';
  if (p.tooFew) return `Too few to show: a group here has fewer ${noun} than the smallest group`;
  const money = p.figures.find((f) => f.id === 'monetary' || f.id === 'revenue');
  if (say.everyone) return money?.value ? `${whole(p.n)} ${noun} bring ${amount(money.value, money.unit, true)} each` : `${whole(p.n)} ${noun}`;
  const share = p.universe > 0 ? p.n / p.universe : 0;
  const revenue = money?.shareOfTotal === null || money === undefined ? null : `${shareOf(money.shareOfTotal)} of revenue`;
  const said = `${shareOf(share)} of ${noun}`;
  const full = `${say.name}: ${said}${revenue ? `, ${revenue}` : ''}`;
  if (say.name && full.length <= LONGEST) return unbroken(full);
  return say.name ? `They are ${said}${revenue ? ` and bring ${revenue}` : ''}` : `This segment is ${said}${revenue ? ` and brings ${revenue}` : ''}`;
}

/** How a value of a tag reads after "They are more often …". Tags not named here read "with favourite category Beauty". */
const PHRASES: Record<string, (v: string) => string> = {
  gender: (v) => ({ female: 'women', male: 'men' })[v] ?? v,
  age: (v) => `aged ${v}`,
  age_band: (v) => `aged ${v}`,
  city: (v) => `in ${v}`,
  region: (v) => `in ${v}`,
  country: (v) => `in ${v}`,
  preferred_hour: (v) => DAYPART[v.split(/[ ,(]/)[0]!.toLowerCase()] ?? `active at ${v} h`,
  preferred_weekday: (v) => `active on ${v}`,
  main_device: (v) => `on ${v}`,
  signup_channel: (v) => `from sign-up channel ${v}`,
  lifecycle: (v) => v,
  rfm_group: (v) => `in RFM group ${v}`,
};
const DAYPART: Record<string, string> = {
  night: 'active at night',
  morning: 'active in the morning',
  afternoon: 'active in the afternoon',
  evening: 'active in the evening',
};

/** "women", "aged 25–34", "with favourite category Beauty", "without “seasonal”". */
export function phrase(tag: Pick<ProfileTag, 'id' | 'title' | 'type'>, value: string): string {
  const title = titleWords(tag.title);
  if (tag.type === 'boolean') return value === 'true' ? `with “${title}”` : `without “${title}”`;
  // Bands are ranges; a month such as 2011-12 is not.
  const shown = /^\d{4}-\d\d$/.test(value) ? value : unbroken(value.replace(/(\d)-(\d)/g, '$1–$2'));
  return (PHRASES[tag.id] ?? ((v: string) => `with ${title} ${v}`))(shown);
}
/** A phrase with its verb: "are women", "have favourite category Beauty", "do not have …". */
export const clause = (text: string): string =>
  text.startsWith('with ') ? `have ${text.slice(5)}` : text.startsWith('without ') ? `do not have ${text.slice(8)}` : `are ${text}`;

export interface Standout {
  tag: ProfileTag;
  cell: ProfileCell;
}
/** Cells whose difference is clear (q ≤ .05), by their term: the list "What sets it apart". Tags of the rule itself are left out. */
export function standouts(p: Profile): Standout[] {
  return p.tags
    .filter((t) => !t.inRule)
    .flatMap((tag) => tag.cells.filter((c) => c.clear && !c.hidden && c.tgi !== null).map((cell) => ({ tag, cell })))
    .sort((x, y) => y.cell.term - x.cell.term || (x.tag.id < y.tag.id ? -1 : 1) || (x.cell.value < y.cell.value ? -1 : 1));
}

/** The strongest over or under: one of each dimension first, as tags of one dimension tell much the same, then one of each further tag. */
function firsts(all: Standout[], over: boolean): Standout[] {
  const side = all.filter(({ cell }) => cell.tgi! > 100 === over);
  const first = (key: (s: Standout) => string): Standout[] => side.filter((s, i) => side.findIndex((t) => key(t) === key(s)) === i);
  const lead = first((s) => s.tag.dimension);
  const led = new Set(lead.map((s) => s.tag.id));
  return [...lead, ...first((s) => s.tag.id).filter((s) => !led.has(s.tag.id))];
}
/** As many of the phrases as keep the sentence short enough. */
function fitting(make: (items: string[]) => string, items: string[], most: number): string | null {
  for (let n = Math.min(most, items.length); n >= 1; n--) {
    const sentence = make(items.slice(0, n));
    if (sentence.length <= LONGEST || n === 1) return sentence;
  }
  return null;
}

export const flat = (p: Pick<Profile, 'baseline'>): string => `No clear difference from ${p.baseline.title}`;

/** Title of the picture: "They are more often women, aged 25–34 and active in the evening"; without clear differences: "No clear difference from everyone". */
export function pictureTitle(p: Profile): string {
  const all = standouts(p);
  const texts = (over: boolean): string[] => firsts(all, over).map(({ tag, cell }) => phrase(tag, cell.value));
  return (
    fitting((i) => `They are more often ${listed(i)}`, texts(true), 4) ??
    fitting((i) => `They are less often ${listed(i)}`, texts(false), 4) ??
    flat(p)
  );
}

/** Title of the list: "women and aged 25–34 stand out; with main device desktop is rarer". */
export function standoutTitle(p: Profile): string {
  const all = standouts(p);
  const name = ({ tag, cell }: Standout): string => unbroken(`${cell.value} (${tag.title})`);
  const [over, under] = [firsts(all, true).map(name), firsts(all, false).map(name)];
  if (over.length === 0 && under.length === 0) return flat(p);
  const rarer = (n: number): string => (n === 1 ? 'is rarer' : 'are rarer');
  const two = (a: number, b: number): string =>
    `${listed(over.slice(0, a))} ${a === 1 ? 'stands' : 'stand'} out; ${listed(under.slice(0, b))} ${rarer(b)}`;
  if (over.length && under.length) {
    for (const [a, b] of [
      [3, 2],
      [2, 1],
      [1, 1],
    ] as const) {
      const sentence = two(Math.min(a, over.length), Math.min(b, under.length));
      if (sentence.length <= LONGEST) return sentence;
    }
  }
  const [items, ending] = over.length ? [over, (n: number) => (n === 1 ? 'stands out' : 'stand out')] : [under, rarer];
  return fitting((i) => `${listed(i)} ${ending(i.length)}`, items, 3)!;
}

/** Line two of the list: how many are clear, of how many tested. */
export const testedLine = (p: Profile): string => `${p.clear} clear of ${p.tested} tested, at a false discovery rate of 5\u202f%`;

/** One tag's chart: "47.1 % have city tier Tier 2, against 33.9 % of everyone", or that nothing differs. */
export function tagTitle(tag: ProfileTag, p: Profile): string {
  const clear = tag.cells.filter((c) => c.clear && !c.hidden).sort((x, y) => y.term - x.term);
  // What more of them have says more than what fewer have.
  const cell = clear.find((c) => c.tgi !== null && c.tgi > 100) ?? clear[0];
  if (cell) return cellSentence(tag, cell, p);
  if (tag.inRule) return 'Part of the rule itself, so no finding';
  if (tag.numbers?.q !== null && tag.numbers && tag.numbers.q <= 0.05) return numbersTitle(tag, p);
  return flat(p);
}

/** "47.1 % are in Lyon, against 33.9 % of everyone". Of a difference that is not clear it says so. */
export function cellSentence(tag: ProfileTag, cell: ProfileCell, p: Profile): string {
  const said = clause(phrase(tag, cell.value));
  const who = p.weight === 'revenue' ? `of revenue comes from those who ${said}` : p.weight === 'lines' ? `of lines ${said}` : said;
  const end = cell.clear || tag.inRule ? '' : ': could be chance';
  return `${share1(cell.share)} ${who}, against ${share1(cell.base)} of ${p.baseline.title}${end}`;
}

/** The full sentence behind a bar, with how many times as often. */
export function cellDetail(tag: ProfileTag, cell: ProfileCell, p: Profile): string {
  const ratio = cell.tgi === null || !cell.clear ? '' : `: ${times(cell.tgi / 100)} as often`;
  return cellSentence(tag, cell, p) + ratio;
}

/** A number: "Half have a balance over 258, against 448 for everyone". */
export function numbersTitle(tag: ProfileTag, p: Profile): string {
  const x = tag.numbers;
  if (!x || x.q === null || x.q > 0.05) return flat(p);
  const f = (v: number): string => (tag.type === 'share' ? share1(v) : amount(v, '', false));
  const title = titleWords(tag.title);
  if (x.median === x.baseMedian)
    return `${x.delta > 0 ? 'Higher' : 'Lower'} ${title} than ${p.baseline.title}, with the same median of ${f(x.median)}`;
  return `Half have ${title} over ${f(x.median)}, against ${f(x.baseMedian)} for ${p.baseline.title}`;
}

/** A figure beside the baseline's: "Revenue per user is €406, 3.9 times everyone's €104"; within its interval: "… could be chance". */
export function figureFinding(figure: ProfileFigure, p: Pick<Profile, 'baseline'>): string {
  const { value, lo, hi, base, title, unit } = figure;
  if (value === null) return `${title} is unknown here`;
  const money = MONEY.has(figure.id);
  const own = `${title} is ${amount(value, money ? unit : '', money)}`;
  if (base === null || base === 0) return own;
  const other = `${amount(base, money ? unit : '', money)} of ${p.baseline.title}`;
  if (lo === null || hi === null || (lo <= base && base <= hi)) return `${own}; against ${other} the difference could be chance`;
  return `${own}, ${times(value / base)} the ${other}`;
}
