import type { Rule } from '../../core/rule.ts';
import type { DataFacts } from '../../core/tables.ts';
import type { TagInfo } from '../../core/tag.ts';
import { ruleForValue } from '../../segments/leaf.ts';
import { partOfColumn } from '../segments/part.ts';

const LINE = 'line:';

/**
 * What a value in a profile says as a rule about its members: that they have it; by sales lines, that they bought something with it. Null where it cannot be
 * said: pooled values, and by lines tags that are no column of the files.
 */
export function brushRule(tag: string, value: string, by: { lines: boolean; tags: TagInfo[]; facts: DataFacts }): Rule | null {
  if (!by.lines) {
    const info = by.tags.find((t) => t.id === tag);
    return info ? ruleForValue(info, value) : null;
  }
  if (tag.startsWith(LINE)) return value === OTHER ? null : partOfColumn(by.facts, tag.slice(LINE.length), value).rule;
  const column = by.facts.tables.products?.columns.find((c) => c.name === tag);
  return column?.type === 'text' && value !== OTHER ? partOfColumn(by.facts, tag, value).rule : null;
}
const OTHER = '(other)';
