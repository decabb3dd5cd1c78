import type { TesseraError } from '../core/errors.ts';
import type { SegmentRef } from '../core/profile.ts';
import type { Segment } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import { entityOf, segmentOf, tagOf, type RuleContext } from './context.ts';
import { familyOf, operatorsOf } from './operators.ts';
import { at, isObject, Problems } from './problems.ts';
import { checkDid, checkLimitNumber, checkSequence } from './validate-events.ts';
import { checkTest } from './validate-test.ts';

/** Throws the first mistake of a rule or segment as a TesseraError with `where.rulePath`. An unknown name is an error, never a "no". */
export function validate(ref: SegmentRef, ctx: RuleContext): void {
  const first = problemsOf(ref, ctx)[0];
  if (first) throw first;
}

/** All mistakes, in reading order. */
export function problemsOf(ref: SegmentRef, ctx: RuleContext): TesseraError[] {
  const problems = new Problems();
  const walk: Walk = { ctx, entity: entityOf(ref), problems, chain: 'id' in ref ? [ref] : [] };
  check(ref.rule, '', walk);
  if ('limit' in ref && ref.limit) checkLimit(ref, walk);
  return problems.list;
}

interface Walk {
  ctx: RuleContext;
  entity: Entity;
  problems: Problems;
  /** Segments from the outermost to the one being read: a repeat is a cycle. */
  chain: Segment[];
}

function checkLimit({ limit }: Segment, { ctx, entity, problems }: Walk): void {
  if (!limit) return;
  if ('sample' in limit) return checkLimitNumber(limit.sample, 'limit.sample', problems);
  checkLimitNumber(limit.top, 'limit.top', problems);
  const tag = tagOf(ctx, entity, limit.by);
  if (!tag) unknownTag(limit.by, 'limit.by', entity, problems);
  else if (!['number', 'date'].includes(familyOf(tag.type)))
    problems.add(
      'RULE_TYPE',
      'limit.by',
      `“${tag.title}” does not rank anyone: it is not a number or a date.`,
      'Choose a number or a date.',
      limit.by,
    );
}

const unknownTag = (id: string, path: string, entity: Entity, problems: Problems): void =>
  problems.add('RULE_UNKNOWN_TAG', path, `There is no ${entity} tag “${id}” in this data.`, 'Choose another tag, or map the columns it needs.', id);

/** The kind of a node by its main key; several or none is a mistake. */
const KINDS = ['all', 'any', 'not', 'segment', 'ids', 'sample', 'tag', 'did', 'didNot', 'sequence'] as const;

function check(node: unknown, path: string, walk: Walk): void {
  const { ctx, entity, problems } = walk;
  if (!isObject(node)) return problems.invalid(path, 'This line is empty.');
  const kinds = KINDS.filter((k) => k in node);
  if (kinds.length !== 1)
    return problems.invalid(
      path,
      kinds.length ? `This line is several things at once: ${kinds.join(', ')}.` : 'This line says nothing that a rule knows.',
    );
  const kind = kinds[0]!;
  const odd = kind === 'tag' || kind === 'sequence' ? undefined : Object.keys(node).find((k) => k !== kind);
  if (odd !== undefined) return problems.invalid(at(path, odd), `“${odd}” does not belong to “${kind}”.`);
  const value = node[kind];
  switch (kind) {
    case 'all':
    case 'any':
      if (!Array.isArray(value)) return problems.invalid(at(path, kind), 'The lines of this group are not a list.');
      return value.forEach((r, i) => check(r, at(path, kind, i), walk));
    case 'not':
      return check(value, at(path, 'not'), walk);
    case 'segment':
      return checkSegment(value, at(path, 'segment'), walk);
    case 'ids':
      if (!Array.isArray(value) || value.some((v) => typeof v !== 'string')) return problems.invalid(at(path, 'ids'), 'A list of ids holds texts.');
      if (value.length === 0)
        problems.add('RULE_EMPTY_LIST', at(path, 'ids'), 'The list of ids is empty.', 'Paste at least one id, or remove this line.');
      return;
    case 'sample':
      if (!isObject(value) || typeof value.percent !== 'number' || !(value.percent > 0 && value.percent <= 100))
        return problems.add('RULE_TYPE', at(path, 'sample'), 'A sample needs a percentage above 0, at most 100.', 'Change the percentage.');
      if (typeof value.seed !== 'string') problems.invalid(at(path, 'sample'), 'A sample needs a seed, any text.');
      return;
    case 'tag': {
      const tag = typeof value === 'string' ? tagOf(ctx, entity, value) : undefined;
      if (!tag) return unknownTag(String(value), at(path, 'tag'), entity, problems);
      const family = familyOf(tag.type);
      return checkTest(node, ['tag'], operatorsOf(family), `“${tag.title}”`, family, path, problems);
    }
    default:
      if (entity === 'product')
        return problems.add(
          'RULE_TYPE',
          at(path, kind),
          'A rule about products tests their tags: products do nothing themselves.',
          'Use a tag such as units or buyers.',
        );
      return kind === 'sequence' ? checkSequence(node, ctx, path, problems) : checkDid(value, ctx, at(path, kind), problems);
  }
}

function checkSegment(id: unknown, path: string, walk: Walk): void {
  const { ctx, entity, problems, chain } = walk;
  const start = chain.findIndex((s) => s.id === id);
  if (start >= 0) {
    const names = [...chain.slice(start), chain[start]!].map((s) => `“${s.name}”`).join(' → ');
    return problems.add('RULE_CYCLE', path, `This segment would be part of itself: ${names}.`, 'Remove one of these lines.');
  }
  const segment = typeof id === 'string' ? segmentOf(ctx, id) : undefined;
  if (!segment)
    return problems.add('RULE_UNKNOWN_SEGMENT', path, `There is no segment “${String(id)}”.`, 'Choose another segment, or remove this line.');
  if (entityOf(segment) !== entity)
    return problems.add('RULE_TYPE', path, `“${segment.name}” is about ${entityOf(segment)}s, not ${entity}s.`, 'Choose another segment.');
  const inner = new Problems();
  check(segment.rule, '', { ...walk, problems: inner, chain: [...chain, segment] });
  checkLimit(segment, { ...walk, problems: inner });
  const first = inner.list[0];
  if (first?.code === 'RULE_CYCLE') problems.add('RULE_CYCLE', path, first.message, first.next);
  else if (first) problems.add(first.code, path, `“${segment.name}” has a mistake: ${first.message}`, first.next, first.where.tag);
}
