import type { OwnDef, OwnKind, OwnSource, OwnTag } from '../../../core/own-tag.ts';
import type { Rule, Segment } from '../../../core/rule.ts';
import type { Entity, TagInfo } from '../../../core/tag.ts';
import type { DataFacts } from '../../../core/tables.ts';

export type Draft = Omit<OwnDef, 'id' | 'entity' | 'version'>;
/** A start of each kind that this data can compute, so that the preview shows something at once. */
export function startOf(kind: OwnKind, tags: readonly TagInfo[], facts: DataFacts, entity: Entity): OwnSource {
  const event = 'purchase' in facts.events ? 'purchase' : (Object.entries(facts.events).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '');
  const number = tags.find((t) => t.id === 'monetary' || t.id === 'revenue') ?? tags.find((t) => t.histogram && t.type !== 'date');
  switch (kind) {
    case 'bands':
      return { kind, tag: number?.id ?? '', by: 'quantile', edges: [], labels: [] };
    case 'rule':
      return { kind, lines: [{ value: '', rule: { all: [] } }], rest: null };
    case 'formula':
      return { kind, text: '' };
    case 'events':
      return { kind, measure: 'count', of: null, did: { event } };
    case 'ids':
      return { kind, list: '' };
    case 'column':
      return { kind, column: facts.tables[`${entity}s`]?.columns.find((c) => c.name.startsWith('attr:'))?.name ?? '' };
  }
}

export const draftOf = (tag: OwnTag): Draft => {
  const { title, description, dimension, unit, source } = tag.versions.at(-1)!;
  return { title, description, dimension, unit, source };
};

/** A segment's rule with the segments it names written out; null where one of them has a limit, which a rule cannot say. */
export function written(segment: Segment, segments: readonly Segment[], deep = 0): Rule | null {
  if (segment.limit || deep > 20) return null;
  const walk = (rule: Rule): Rule | null => {
    if ('segment' in rule) {
      const other = segments.find((s) => s.id === rule.segment);
      return other ? written(other, segments, deep + 1) : null;
    }
    if ('not' in rule) {
      const inner = walk(rule.not);
      return inner && { not: inner };
    }
    if (!('all' in rule) && !('any' in rule)) return rule;
    const lines = ('all' in rule ? rule.all : rule.any).map(walk);
    if (lines.some((l) => l === null)) return null;
    return 'all' in rule ? { all: lines as Rule[] } : { any: lines as Rule[] };
  };
  return walk(segment.rule);
}
