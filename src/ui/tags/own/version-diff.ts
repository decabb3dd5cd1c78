import type { OwnVersion } from '../../../core/own-tag.ts';
import { ownWords } from '../../words/en-own-tags.ts';
import { idsOf, sourceWords, type SayRule } from './source-words.ts';

/** A run of words that stayed, went or came. */
export interface Piece {
  text: string;
  mark: 'same' | 'gone' | 'new';
}
const NOTHING = { kind: 'formula', text: '' } as const;
/** What of a version is told apart, in this order. */
const FIELDS = ['title', 'description', 'dimension', 'unit'] as const;

/** What one version of an own tag changed of the one before it: by part, word by word. */
export function versionDiff(before: OwnVersion, after: OwnVersion, say: SayRule): { what: string; pieces: Piece[] }[] {
  const texts = (v: OwnVersion): string[] => [...FIELDS.map((f) => v[f] ?? ''), sourceWords(v.source, say)];
  if (before.source.kind === 'ids' && after.source.kind === 'ids') {
    const [had, has] = [new Set(idsOf(before.source.list)), new Set(idsOf(after.source.list))];
    const missing = (some: Set<string>, from: Set<string>): number => [...some].filter((x) => !from.has(x)).length;
    const [came, went] = [missing(has, had), missing(had, has)];
    const named = versionDiff({ ...before, source: NOTHING }, { ...after, source: NOTHING }, say);
    return came + went === 0 ? named : [...named, { what: ownWords.parts.source, pieces: [{ mark: 'same', text: ownWords.idsMoved(came, went) }] }];
  }
  const names = [...FIELDS.map((f) => ownWords.parts[f]), ownWords.parts.source];
  const [was, is] = [texts(before), texts(after)];
  return names.flatMap((what, i) => (was[i] === is[i] ? [] : [{ what, pieces: wordDiff(was[i]!, is[i]!) }]));
}

/** The words of two texts put together along their longest common subsequence. */
export function wordDiff(before: string, after: string): Piece[] {
  const cut = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_.]+|./gu) ?? [];
  const [a, b] = [cut(before), cut(after)];
  // common[i][j]: length of the longest common subsequence of a from i and b from j.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const out: Piece[] = [];
  const add = (mark: Piece['mark'], text: string): void => {
    const last = out.at(-1);
    if (last?.mark === mark) last.text += text;
    else out.push({ mark, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i++]!);
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) add('gone', a[i++]!);
    else add('new', b[j++]!);
  }
  return out;
}
