import type { TagInfo } from '../../core/tag.ts';

/** Tags that a parameter may name: of users, with so few values that each can be a curve or a part of its own. */
export const fewValued = (t: TagInfo): boolean => t.entity === 'user' && ['enum', 'boolean'].includes(t.type) && t.known > 0 && t.distinct <= 12;
