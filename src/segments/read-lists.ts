import { segmentOf } from './context.ts';
import { quoted, segmentNames } from './names.ts';
import { readNumber } from './read-number.ts';
import type { Reader } from './reader.ts';
import { DEFAULT_SEED, listOf } from './words-lists.ts';

/** A segment by its name, behind the first quotation mark. */
export function readSegmentName(r: Reader): string {
  const names = [...segmentNames(r.ctx, r.entity)].map(([of, name]) => ({ name: quoted(name).slice(1), of }));
  return r.named(names, ['', ' ', ')', ',']) ?? r.stop();
}

/** " with seed b", or the seed that goes without saying. */
export const readSeed = (r: Reader): string => (r.take(' with seed ') ? r.value() : DEFAULT_SEED);

/** The ids of "3 listed users (u1, u2, u3)" or of "90,000 listed users of “Partners”". */
export function readIds(r: Reader): string[] {
  const n = readNumber(r);
  r.need(` listed ${r.entity}${n === 1 ? '' : 's'}`);
  if (r.take(' of “')) {
    const segment = segmentOf(r.ctx, readSegmentName(r))!;
    const ids = listOf(segment, n, r.entity);
    if (!ids) r.stop({ message: `“${segment.name}” holds no list of ${n} ids.`, next: 'Paste the rule as JSON, or the ids as a list.' });
    return [...ids];
  }
  if (!r.take(' ('))
    r.stop({
      message: 'The sentence does not say which ids are listed.',
      next: 'Copy the rule as words from its own page, which name them, or as JSON.',
    });
  const ids = [r.value()];
  while (r.take(', ')) ids.push(r.value());
  r.need(')');
  if (ids.length !== n) r.stop({ message: `The sentence counts ${n} ids and lists ${ids.length}.`, next: 'Make the number and the list agree.' });
  return ids;
}
