import type { TagInfo } from '../core/tag.ts';
import type { RuleContext } from '../segments/context.ts';
import { measured } from '../segments/words-number.ts';
import { isNumeric } from '../tags/values.ts';
import { shareOf } from './say.ts';

/** Why a tag has this value: its definition, and how it stands to the others; for an unknown value, when it is unknown. */
export function why(tag: TagInfo, value: string | number | boolean | null, position: number | null, ctx: RuleContext): string {
  const definition = tag.description.replace(/\.$/, '');
  if (value === null) return tag.nullRule ? `Unknown. ${definition}. Unknown when: ${tag.nullRule.replace(/\.$/, '')}.` : `Unknown. ${definition}.`;
  if (typeof value !== 'number' || !isNumeric(tag.type)) return `${definition}.`;
  const rounded = tag.type === 'share' ? Math.round(value * 1000) / 1000 : Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
  const figure = measured(rounded, tag, ctx.basis.currency);
  if (position === null) return `${figure}: ${definition}.`;
  return `${figure}: ${definition}. Higher than ${shareOf(position)} of the ${tag.known.toLocaleString('en-GB')} for whom it is known.`;
}
