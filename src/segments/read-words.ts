import type { TesseraError } from '../core/errors.ts';
import type { Limit, Rule } from '../core/rule.ts';
import type { Entity, TagInfo } from '../core/tag.ts';
import type { RuleContext } from './context.ts';
import { familyOf } from './operators.ts';
import { readActs, readDidNot } from './read-did.ts';
import { readNumber } from './read-number.ts';
import { readTest, VERBS_OF_TESTS } from './read-test.ts';
import { Reader, Stop, stopped } from './reader.ts';
import { titleWords } from './words-title.ts';

/**
 * The rule that a sentence of `words` says, with its limit (null: none). No free language: the very sentences, in which a capital at the start is let pass.
 * Lists of ids and samples are refused, as a sentence names neither the ids nor the seed; so are numbers of six decimals, which may be rounded.
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
    readNumber(r);
    r.need(' of them at random');
    r.stop(SEED);
  }
  const top = readNumber(r);
  r.need(' by ');
  const by = r.named(titles(r), 'tag', ['']) ?? r.stop();
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

const SEED = { message: 'A sentence does not say the seed of a sample, so it would draw others.', next: 'Paste the rule as JSON.' };
const IDS = { message: 'A sentence does not say which ids are listed.', next: 'Paste the rule as JSON, or the ids as a list.' };

function readLine(r: Reader): Rule {
  const tag = r.named(titles(r), 'tag', VERBS_OF_TESTS);
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
    const segments = r.ctx.segments.filter((s) => (s.entity ?? 'user') === r.entity).map((s) => ({ name: s.name, of: s.id }));
    const id = r.named(segments, 'segment', ['”']) ?? r.stop();
    r.need('”');
    return { segment: id };
  }
  if (r.take('one of ')) {
    readNumber(r);
    r.match(/ listed (user|product)s?/);
    r.stop(IDS);
  }
  if (r.take('in a ')) {
    readNumber(r);
    r.need(' % sample');
    r.stop(SEED);
  }
  if (r.entity === 'product') r.stop();
  if (r.take('did not ')) return readDidNot(r);
  return readActs(r) ?? r.stop();
}

const titles = (r: Reader): { name: string; of: TagInfo }[] =>
  r.ctx.tags.filter((t) => t.entity === r.entity).map((t) => ({ name: titleWords(t.title), of: t }));

function readTag(r: Reader, tag: TagInfo): Rule {
  r.need(' ');
  const another = (): boolean => r.named(titles(r), 'tag', VERBS_OF_TESTS, true) !== null;
  const { op, value } = readTest(r, familyOf(tag.type), { type: tag.type, unit: tag.unit }, another);
  return { tag: tag.id, [op]: value } as unknown as Rule;
}
