import type { RoleWords } from './role-words.ts';

/** How a header speaks for a role: `word` is the role's word that fits best, in the role's own writing. */
export interface NameScore {
  n: number;
  word: string;
  how: 'equals' | 'has' | 'contains' | '';
}

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u;

/**
 * Words of a header: NFKC, cut at case changes and at everything that is no letter or digit, lower case, without accents (ß = ss).
 * 'InvoiceNo' → invoice, no; 'customerID' → customer, id; 'IDNumber' → id, number.
 */
export function tokens(header: string): string[] {
  return header
    .normalize('NFKC')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((t) => t !== '');
}

/** True if some run of neighbouring tokens, joined, is the word. */
function hasRun(parts: readonly string[], word: string): boolean {
  return parts.some((_, from) => {
    let run = '';
    for (let to = from; to < parts.length && run.length < word.length; to++) {
      run += parts[to]!;
      if (run === word) return true;
    }
    return false;
  });
}

const length = (text: string): number => [...text].length;

function wordScore(header: string, parts: readonly string[], word: string): { n: number; how: NameScore['how'] } {
  if (header === word) return { n: 1, how: 'equals' };
  const c = length(word) / length(header);
  if (hasRun(parts, word)) return { n: 0.6 + 0.3 * c, how: 'has' };
  if (header.includes(word) && length(word) >= (CJK.test(word) ? 2 : 4)) return { n: 0.4 + 0.3 * c, how: 'contains' };
  return { n: 0, how: '' };
}

const joinedWords = new WeakMap<RoleWords, readonly string[]>();
function joined(words: RoleWords): readonly string[] {
  let list = joinedWords.get(words);
  if (!list) {
    list = words.words.map((w) => tokens(w).join(''));
    joinedWords.set(words, list);
  }
  return list;
}

/** Name score N of a header for a role, 0 to 1 (definitions, section 2): the best word counts, a forbidden token makes it 0. */
export function nameScore(header: string, words: RoleWords): NameScore {
  const parts = tokens(header);
  const whole = parts.join('');
  let best: NameScore = { n: 0, word: '', how: '' };
  if (whole === '' || parts.some((t) => words.forbids.includes(t))) return best;
  joined(words).forEach((word, i) => {
    const { n, how } = wordScore(whole, parts, word);
    if (n > best.n) best = { n, word: words.words[i]!, how };
  });
  return best;
}
