import type { Option } from './option.ts';

/** Lower case without accents, so that "cafe" finds "Café". */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** How well `text` answers `query` (folded): start of the text, start of a word, anywhere, or −1. Lower is better. */
export function rank(text: string, query: string): number {
  const t = fold(text);
  const i = t.indexOf(query);
  if (i < 0) return -1;
  return i === 0 ? 0 : /[^\p{L}\p{N}]/u.test(t[i - 1]!) ? 1 : 2;
}

/** Options whose label (or note) holds every word of the query; best first, else in their own order. */
export function matching(options: Option[], query: string): Option[] {
  const terms = fold(query).split(/\s+/).filter(Boolean);
  if (!terms.length) return options;
  const hits: { o: Option; score: number }[] = [];
  for (const o of options) {
    let score = 0;
    for (const t of terms) {
      const r = rank(o.label, t);
      const s = r >= 0 ? r : rank(`${o.note ?? ''} ${o.group ?? ''}`, t) >= 0 ? 4 : -1;
      if (s < 0) {
        score = -1;
        break;
      }
      score += s;
    }
    if (score >= 0) hits.push({ o, score });
  }
  return hits.sort((a, b) => a.score - b.score).map((h) => h.o);
}

/** Cuts a text at the hits of the query's words, for marking them. Folding must not change the length, else nothing is marked. */
export function marked(text: string, query: string): { text: string; hit: boolean }[] {
  const f = fold(text);
  const terms = fold(query).split(/\s+/).filter(Boolean);
  if (f.length !== text.length || !terms.length) return [{ text, hit: false }];
  const at = new Array<boolean>(text.length).fill(false);
  for (const t of terms) for (let i = f.indexOf(t); i >= 0; i = f.indexOf(t, i + 1)) at.fill(true, i, i + t.length);
  const parts: { text: string; hit: boolean }[] = [];
  for (let i = 0; i < text.length; i++) {
    const last = parts.at(-1);
    if (last && last.hit === at[i]) last.text += text[i];
    else parts.push({ text: text[i]!, hit: at[i]! });
  }
  return parts;
}
