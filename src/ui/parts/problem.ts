import { TesseraError } from '../../core/errors.ts';
import type { Where } from '../../core/errors.ts';
import { words } from '../words/words.ts';

export interface Problem {
  message: string;
  next: string;
  where: string;
  detail: string;
}

/** Where a problem is, in words: "events.csv, line 48,211, column ts". */
export function whereText(w: Where): string {
  return [
    w.file,
    w.line === undefined ? undefined : words.parts.line(w.line),
    w.column === undefined ? undefined : words.parts.column(w.column),
    w.tag,
  ]
    .filter(Boolean)
    .join(', ');
}

/** Any thrown thing as the sentence to show. Our own errors crossing a worker may have lost their class but keep their fields. */
export function problem(e: unknown): Problem {
  const has = (x: unknown): x is TesseraError =>
    x instanceof TesseraError || (typeof x === 'object' && x !== null && 'code' in x && 'message' in x && 'next' in x);
  const detail = (x: unknown): string => (x instanceof Error ? x.message : typeof x === 'string' ? x : '');
  if (has(e)) return { message: e.message, next: e.next, where: whereText(e.where ?? {}), detail: detail(e.cause) };
  return { message: detail(e) || String(e), next: '', where: '', detail: '' };
}
