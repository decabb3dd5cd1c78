import type { TesseraError } from '../core/errors.ts';
import type { Limit, Rule } from '../core/rule.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { RuleContext } from './context.ts';
import { familyOf } from './operators.ts';
import { tagNames } from './names.ts';
import { readActs, readDidNot } from './read-did.ts';
import { readIds, readSeed, readSegmentName } from './read-lists.ts';
import { readNumber } from './read-number.ts';
import { readTest, VERBS_OF_TESTS } from './read-test.ts';
import { Reader, Stop, stopped } from './reader.ts';

/**
 * The rule that a sentence of `words` says, with its limit (null: none). No free language: the very sentences, in which a capital at the start is let pass.
 * Lists of ids of which only the number is said are refused, and so are numbers of six decimals, which may be rounded: `wordsInFull` says both whole.
 * What is said the same way comes back in its simplest form: one of one value is that value, a group of one is its line.
 */
export function readWords(text: string, ctx: RuleContext, entity: Entity = 'user'): { rule: Rule; limit: Limit | null } | { problem: TesseraError } {
  const said = text.trim();
  let first: TesseraError | null = null;
  for (const sentence of [said, said.charAt(0).toLowerCase() + said.slice(1)]) {
    const reader = new Reader(sentence, ctx, entity);
    try {
      return readSegment(reader);
    } catch (e) {
      if (!(e instanceof Stop)) throw e;
      first = e.why || !first ? stopped(reader, e) : first;
    }
  }
  return { problem: first! };
}

function readSegment(r: Reader): { rule: Rule; limit: Limit | null } {
  const rule = readAny(r);
  const limit = r.take(', ') ? readLimit(r) : null;
  if (r.pos < r.text.length) r.stop();
  return { rule, limit };
}

function readLimit(r: Reader): Limit {
  const end = r.one(['the top ', 'the bottom ']);
  if (end === null) {
    const sample = readNumber(r);
    r.need(' of them at random');
    return { sample, seed: readSeed(r) };
  }
  const top = readNumber(r);
  r.need(' by ');
  const by = r.named(titles(r), ['']) ?? r.stop();
  return { top, by: by.id, ...(end === 'the bottom ' ? { dir: 'asc' } : {}) };
}

/** Alternatives; brackets bind what "and" would tear apart. */
function readAny(r: Reader): Rule {
  const any = [readAll(r)];
  while (r.take(' or ')) any.push(readAll(r));
  return any.length === 1 ? any[0]! : { any };
}
function readAll(r: Reader): Rule {
  const all = [readLine(r)];
  while (r.take(' and ')) all.push(readLine(r));
  return all.length === 1 ? all[0]! : { all };
}

function readLine(r: Reader): Rule {
  const tag = r.named(titles(r), VERBS_OF_TESTS);
  if (tag) return readTag(r, tag);
  if (r.take('everyone')) return { all: [] };
  if (r.take('no one')) return { any: [] };
  const not = r.take('not (');
  if (not || r.take('(')) {
    const inner = readAny(r);
    r.need(')');
    return not ? { not: inner } : inner;
  }
  if (r.take('in “')) {
    return { segment: readSegmentName(r) };
  }
  if (r.take('one of ')) return { ids: readIds(r) };
  if (r.take('in a ')) {
    const percent = readNumber(r);
    r.need(' % sample');
    return { sample: { percent, seed: readSeed(r) } };
  }
  if (r.entity === 'product') r.stop();
  if (r.take('did not ')) return readDidNot(r);
  return readActs(r) ?? r.stop();
}

function titles(r: Reader): { name: string; of: TagInfo }[] {
  const names = tagNames(r.ctx, r.entity);
  return r.ctx.tags.filter((t) => t.entity === r.entity).map((t) => ({ name: names.get(t.id)!, of: t }));
}

function readTag(r: Reader, tag: TagInfo): Rule {
  r.need(' ');
  const another = (): boolean => r.named(titles(r), VERBS_OF_TESTS, true) !== null;
  const { op, value } = readTest(r, familyOf(tag.type), { type: tag.type, unit: tag.unit }, another);
  return { tag: tag.id, [op]: value } as unknown as Rule;
}
