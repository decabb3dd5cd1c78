import type { Family } from './operators.ts';
import { readAmount, readDate, readNumber, readSpan } from './read-number.ts';
import type { Reader } from './reader.ts';
import type { TestParts } from './test.ts';
import type { Measure } from './words-number.ts';

/** What may follow the subject of a test. */
export const VERBS_OF_TESTS = [' is ', ' has ', ' starts with ', ' contains '];

/** A test behind its subject, with its verb: "is at least 3 days". `another` is true where a new condition begins, which ends a list of values. */
export function readTest(r: Reader, family: Family, measure: Measure, another: () => boolean): TestParts {
  const known = r.attempt((): TestParts => {
    const value = r.one(['is known', 'is unknown']);
    if (value === null || !ends(r, value)) r.stop();
    return { op: 'known', value: value === 'is known' };
  });
  if (known) return known;
  switch (family) {
    case 'text':
      return readText(r, another);
    case 'number':
      return readNumeric(r, measure);
    case 'date':
      return readDated(r);
    case 'boolean': {
      const verb = r.one(['is known and not ', 'is ']) ?? r.stop();
      const value = r.one(['yes', 'no']) ?? r.stop();
      return { op: verb === 'is ' ? 'is' : 'isNot', value: value === 'yes' };
    }
    case 'set':
      r.need('has ');
      return readSet(r, another);
    case 'opaque':
      return r.stop();
  }
}

/** True where the sentence ends or goes on with another part: a value would go on with a word of its own, and "and not male" belongs to "is known". */
const ends = (r: Reader, said: string): boolean =>
  /^($|[,)]| (and|or|in|on|for|with|within|from|until|between|exactly|at|more|less|other)( |$))/.test(r.rest) &&
  (said === 'is unknown' || !/^ and not [^(]/.test(r.rest));

function readText(r: Reader, another: () => boolean): TestParts {
  if (r.take('starts with ')) return { op: 'startsWith', value: r.value() };
  if (r.take('contains ')) return { op: 'contains', value: r.value() };
  const not = r.take('is known and not ');
  if (!not) r.need('is ');
  const { values } = readList(r, ['or'], another);
  if (values.length === 1) return { op: not ? 'isNot' : 'is', value: values[0]! };
  return { op: not ? 'notIn' : 'in', value: values };
}

function readSet(r: Reader, another: () => boolean): TestParts {
  const { values, by } = readList(r, ['and', 'or'], another);
  if (values.length === 1) return { op: 'has', value: values[0]! };
  return { op: by === 'and' ? 'hasAll' : 'hasAny', value: values };
}

/** "a", "a or b", "a, b or c": as far as it is a list, the rest belongs to the sentence. */
function readList(r: Reader, by: readonly string[], another: () => boolean): { values: string[]; by: string | null } {
  const values = [r.value()];
  const item = (before: string): string | null =>
    r.attempt(() => {
      r.need(before);
      if (another()) r.stop();
      const value = r.value(true);
      return /^($|[,)]| )/.test(r.rest) && !VERBS_OF_TESTS.some((v) => r.rest.startsWith(v)) ? value : r.stop();
    });
  const from = r.pos;
  for (;;) {
    for (const word of by) {
      const last = item(` ${word} `);
      if (last !== null) return { values: [...values, last], by: word };
    }
    const next = item(', ');
    if (next === null) break;
    values.push(next);
  }
  // A comma without an "or" behind it is no list: it belongs to what follows.
  r.pos = from;
  return { values: values.slice(0, 1), by: null };
}

function readNumeric(r: Reader, measure: Measure): TestParts {
  const rank = r.one(['is among the top ', 'is among the bottom ']);
  if (rank) return { op: rank.includes('top') ? 'top' : 'bottom', value: readNumber(r) };
  const percent = r.one(['is in the top ', 'is in the bottom ']);
  if (percent) {
    const value = readNumber(r);
    r.need(' %');
    return { op: percent.includes('top') ? 'topPercent' : 'bottomPercent', value };
  }
  if (r.take('is from the ')) {
    const lo = ordinal(r);
    r.need(' until before the ');
    const hi = ordinal(r);
    r.need(' percentile');
    return { op: 'percentile', value: [lo, hi] };
  }
  r.need('is ');
  return readAmount(r, measure);
}
function ordinal(r: Reader): number {
  const x = readNumber(r);
  r.match(/st|nd|rd|th/);
  return x;
}

function readDated(r: Reader): TestParts {
  if (r.take('is before ')) return { op: 'before', value: readDate(r) };
  if (r.take('is on or after ')) return { op: 'after', value: readDate(r) };
  if (r.take('is in the last ')) return { op: 'last', value: readSpan(r) };
  r.need('is more than ');
  const value = readSpan(r);
  r.need(' ago');
  return { op: 'older', value };
}
