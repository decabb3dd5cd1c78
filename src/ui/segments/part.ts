import type { Rule, Segment } from '../../core/rule.ts';
import type { DataFacts } from '../../core/tables.ts';
import type { Entity, TagInfo } from '../../core/tag.ts';
import { ruleForValue } from '../../segments/leaf.ts';
import { recall, remember } from '../state/recall.ts';
import { go } from '../state/route.svelte.ts';
import { columnTitle } from '../words/en-rule.ts';
import { segmentWords as w } from '../words/en-segments.ts';

/** A group that is looked at without being kept: a value of a tag, a channel, a city, a set of products. */
export interface Part {
  name: string;
  rule: Rule;
  entity: Entity;
}
const PREFIX = 'part-';

/** Opens a group's picture. What it is stays in this tab's memory, as values may not stand in an address. */
export const openPart = (part: Part): void => go({ place: 'segments', object: PREFIX + remember(part), tab: 'profile' });

export const isPart = (object: string | null): boolean => object?.startsWith(PREFIX) ?? false;
/** The group an address names, as a segment that is not kept; null where it is none, or gone after a reload. */
export function partAt(object: string | null): Segment | null {
  const part = isPart(object) ? recall<Part>(object!.slice(PREFIX.length)) : null;
  return part && { id: object!, name: part.name, rule: part.rule, ...(part.entity === 'product' ? { entity: part.entity } : {}) };
}

/** Members with a value of a tag; null where the value is none of its own ("(other)"). */
export function partOfValue(tag: TagInfo, value: string): Part | null {
  const rule = ruleForValue(tag, value);
  return rule && { name: w.partName(tag.title, value), rule, entity: tag.entity };
}

/** Users with a row of any event, or a bought product, that has this value in this column. */
export function partOfColumn(facts: DataFacts, column: string, value: string): Part {
  const ofProduct = column === 'product_id' || !facts.tables.events?.columns.some((c) => c.name === column);
  const events = Object.keys(facts.events);
  const event = ofProduct && events.includes('purchase') ? 'purchase' : events.length === 1 ? events[0]! : events;
  return { name: w.partName(columnTitle(column), value), rule: { did: { event, where: [{ col: column, is: value }] } }, entity: 'user' };
}

/** Buyers of some of these products. */
export const buyersOf = (name: string, ids: string[]): Part => ({
  name: w.buyersOf(name),
  rule: { did: { event: 'purchase', where: [ids.length === 1 ? { col: 'product_id', is: ids[0]! } : { col: 'product_id', in: ids }] } },
  entity: 'user',
});
