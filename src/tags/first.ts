import type { TagDef } from './define.ts';
import { closure, relationsOf } from './planner.ts';

/**
 * Tags that follow a moving moment first: what one scan of the events gives, and the few relations that cost little beside it. The rest take three
 * times as long and come after.
 */
export const isFirst = (tag: TagDef): boolean => tag.plan.kind !== 'winner' && closure(relationsOf(tag)).every((r) => r.light);
