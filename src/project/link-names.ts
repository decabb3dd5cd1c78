import type { OwnSource } from '../core/own-tag.ts';
import type { Did, Rule, Segment, Where } from '../core/rule.ts';
import { renamedFormula } from '../tags/own/formula-parse.ts';

/** What a rule may name of a project. Each gives the name to put in its place. */
export interface Renamer {
  tag: (id: string) => string;
  event: (kind: string) => string;
  column: (name: string) => string;
  segment: (id: string) => string;
  /** Lists of ids are data: whoever walks a rule says what to do with them. */
  ids: (ids: string[]) => string[];
}

/** The same rule with every name put through `to`; nothing else changes. */
export function renamed(rule: Rule, to: Renamer): Rule {
  if ('all' in rule) return { all: rule.all.map((r) => renamed(r, to)) };
  if ('any' in rule) return { any: rule.any.map((r) => renamed(r, to)) };
  if ('not' in rule) return { not: renamed(rule.not, to) };
  if ('segment' in rule) return { segment: to.segment(rule.segment) };
  if ('ids' in rule) return { ids: to.ids(rule.ids) };
  if ('sample' in rule) return rule;
  if ('did' in rule) return { did: did(rule.did, to) };
  if ('didNot' in rule) return { didNot: did(rule.didNot, to) };
  if ('sequence' in rule)
    return { ...rule, sequence: rule.sequence.map((s) => ('no' in s ? { no: { ...s.no, ...row(s.no, to) } } : { ...s, ...row(s, to) })) };
  return { ...rule, tag: to.tag(rule.tag) };
}

const row = (x: Pick<Did, 'event' | 'where'>, to: Renamer): Pick<Did, 'event' | 'where'> => ({
  event: Array.isArray(x.event) ? x.event.map(to.event) : to.event(x.event),
  ...(x.where ? { where: x.where.map((w) => where(w, to)) } : {}),
});
const did = (d: Did, to: Renamer): Did => ({ ...d, ...row(d, to) });
function where(w: Where, to: Renamer): Where {
  if ('any' in w) return { any: w.any.map((x) => where(x, to)) };
  if ('not' in w) return { not: where(w.not, to) };
  return { ...w, col: to.column(w.col) };
}

export const renamedSegment = (s: Segment, to: Renamer): Segment => ({
  ...s,
  rule: renamed(s.rule, to),
  ...(s.limit && 'by' in s.limit ? { limit: { ...s.limit, by: to.tag(s.limit.by) } } : {}),
});

/** An own tag's source with its names put through `to`. */
export function renamedSource(source: OwnSource, to: Renamer): OwnSource {
  switch (source.kind) {
    case 'bands':
      return { ...source, tag: to.tag(source.tag) };
    case 'rule':
      return { ...source, lines: source.lines.map((l) => ({ ...l, rule: renamed(l.rule, to) })) };
    case 'events':
      return { ...source, did: { ...source.did, ...row(source.did, to) }, of: source.of === null ? null : to.column(source.of) };
    case 'formula':
      return { ...source, text: renamedFormula(source.text, to.tag) };
    case 'ids':
      to.ids(source.list.split('\n'));
      return source;
    default:
      return source;
  }
}
