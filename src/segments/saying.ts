import type { RuleContext } from './context.ts';

/** How rules are said. `full`: with every digit and every id of a list, so that the sentence can be read again without loss. */
export interface Saying extends RuleContext {
  full?: boolean;
}
/** What a full sentence asks of its numbers. */
export const exactly = (ctx: Saying): { exact?: true } => (ctx.full ? { exact: true } : {});
