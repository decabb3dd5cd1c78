import type { Segment } from '../../core/rule.ts';
import type { Catalogue, TagInfo } from '../../core/tag.ts';
import type { Action } from '../actions.ts';
import { fold, rank } from '../parts/match.ts';

/** A line of the palette. `why`: the text that matched, where it is not the label. */
export interface Hit {
  id: string;
  label: string;
  why: string;
  score: number;
  tag?: TagInfo;
  segment?: Segment;
  action?: Action;
}
export interface Hits {
  tags: Hit[];
  segments: Hit[];
  places: Hit[];
  actions: Hit[];
}
const MOST = { tags: 6, segments: 6, places: 7, actions: 6 };

/** How well an entry answers all words of the query: its label counts most, then what is said about it. −1: not at all. */
function score(label: string, about: string[], terms: string[]): { score: number; why: string } {
  let sum = 0,
    why = '';
  for (const t of terms) {
    const r = rank(label, t);
    if (r >= 0) {
      sum += r;
      continue;
    }
    const other = about.find((a) => rank(a, t) >= 0);
    if (other === undefined) return { score: -1, why: '' };
    sum += 5;
    why ||= other;
  }
  return { score: sum, why };
}

/** The texts a rule is about: its tags, events and values. */
function rulesTexts(rule: unknown): string[] {
  if (typeof rule === 'string') return [rule];
  if (Array.isArray(rule)) return rule.flatMap(rulesTexts);
  return rule && typeof rule === 'object' ? Object.values(rule).flatMap(rulesTexts) : [];
}

/** What the palette offers for a query; with none, places and what can be done. */
export function find(query: string, catalogue: Catalogue | null, segments: Segment[], actions: Action[]): Hits {
  const terms = fold(query).split(/\s+/).filter(Boolean);
  const best = (hits: Hit[], most: number): Hit[] =>
    hits
      .filter((h) => h.score >= 0)
      .sort((a, b) => a.score - b.score)
      .slice(0, most);
  const possible = actions.filter((a) => !a.quiet && (!a.possible || a.possible()));
  const act = (a: Action): Hit => ({ id: `a:${a.id}`, label: a.label, action: a, ...score(a.label, [a.keywords], terms), why: '' });
  const places = possible.filter((a) => a.id.startsWith('go-') || a.id === 'start' || a.id === 'privacy'),
    others = possible.filter((a) => !places.includes(a));
  if (!terms.length)
    return {
      tags: [],
      segments: segments.slice(0, 4).map((s) => ({ id: `s:${s.id}`, label: s.name, why: '', score: 0, segment: s })),
      places: places.map(act),
      actions: others.slice(0, MOST.actions).map(act),
    };
  const tags = (catalogue?.tags ?? []).map((t): Hit => {
    const s = score(t.title, [t.id, t.dimension, ...t.values.slice(0, 40).map((v) => v.value), t.description], terms);
    return { id: `t:${t.entity}:${t.id}`, label: t.title, tag: t, ...s, why: s.why.length > 48 ? '' : s.why };
  });
  return {
    tags: best(tags, MOST.tags),
    segments: best(
      segments.map((s) => {
        const r = score(s.name, rulesTexts(s.rule), terms);
        return { id: `s:${s.id}`, label: s.name, segment: s, ...r };
      }),
      MOST.segments,
    ),
    places: best(places.map(act), MOST.places),
    actions: best(others.map(act), MOST.actions),
  };
}
