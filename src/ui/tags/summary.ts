import type { TagInfo } from '../../core/tag.ts';
import { pct, pctShort, tagValue } from '../format.ts';
import { tagWords as w } from '../words/en-tags.ts';
import { searchTerms } from '../words/tag-search.ts';

/** Whether a tag's numbers can be halved and averaged: the median of weekdays or of dates says nothing. */
export const measured = (tag: Pick<TagInfo, 'type' | 'unit'>): boolean => tag.type !== 'date' && tag.unit !== 'weekday';

/** The one word that stands under a tag's picture: the median of a number, the commonest value of a text with its share of the known. */
export function summary(tag: TagInfo, currency: string): string {
  if (tag.known === 0) return w.nobody;
  if (tag.figures && measured(tag)) return w.median(tagValue(tag.figures.median, tag.type, tag.unit === 'day' ? 'd' : '', currency));
  const top = [...tag.values].sort((a, b) => b.n - a.n)[0];
  return top ? `${top.value} ${pctShort(top.n / tag.known)}` : '';
}

/** A finding for the title of a tag's distribution, from its numbers alone. A flat distribution claims nothing. */
export function finding(tag: TagInfo, currency: string): string {
  if (tag.known === 0) return w.nobody;
  if (tag.figures && measured(tag) && tag.figures.q1 < tag.figures.q3) {
    return w.spreadNumber(
      tagValue(tag.figures.q1, tag.type, '', currency),
      tagValue(tag.figures.q3, tag.type, tag.unit === 'day' ? 'days' : '', currency),
    );
  }
  const top = [...tag.values].sort((a, b) => b.n - a.n)[0];
  if (!top || tag.values.length < 2) return w.distribution(tag.title);
  const share = top.n / tag.known;
  return share < 1.15 / tag.values.length ? w.flat : w.bandTitle(pct(share), top.value);
}

/** Tags whose title, id, description, other names (Chinese ones too) or values hold every word of the search. */
export function matches(tag: TagInfo | { id: string; title: string; description: string; values?: { value: string }[] }, search: string): boolean {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = `${tag.title} ${tag.id} ${tag.description} ${searchTerms(tag.id)}`.toLowerCase();
  // Thousands of values are looked through one by one, and only for words that nothing else has.
  return words.every((word) => text.includes(word) || (tag.values ?? []).some((v) => v.value.toLowerCase().includes(word)));
}
