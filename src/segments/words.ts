import type { SegmentRef } from '../core/profile.ts';
import type { Did, Limit, Rule, Test } from '../core/rule.ts';
import type { Entity } from '../core/tag.ts';
import { entityOf, tagOf, type RuleContext } from './context.ts';
import { aggregatesOf, eventsOf } from './did-sql.ts';
import { quoted, segmentNames, tagNames } from './names.ts';
import { exactly, type Saying } from './saying.ts';
import { testOf } from './test.ts';
import { didWords, sequenceWords } from './words-did.ts';
import { idsWords, seedWords } from './words-lists.ts';
import { exactWords, numberWords } from './words-number.ts';
import { testWords } from './words-test.ts';

/** A valid rule or segment in words (definitions, section 7), its limit included. Starts small: it may stand inside a sentence. */
export function words(ref: SegmentRef, ctx: Saying): string {
  const entity = entityOf(ref);
  const rule = ruleWords(ref.rule, ctx, entity);
  return 'limit' in ref && ref.limit ? `${rule}, ${limitWords(ref.limit, ctx, entity)}` : rule;
}

/** The same with every digit and the ids of lists: what `readWords` reads back as the very rule, to copy and to edit. */
export const wordsInFull = (ref: SegmentRef, ctx: RuleContext): string => words(ref, { ...ctx, full: true });

function limitWords(limit: Limit, ctx: Saying, entity: Entity): string {
  if ('sample' in limit) return `${numberWords(limit.sample)} of them at random${seedWords(limit.seed)}`;
  return `the ${limit.dir === 'asc' ? 'bottom' : 'top'} ${numberWords(limit.top)} by ${tagNames(ctx, entity).get(limit.by) ?? limit.by}`;
}

/** One of several: in brackets where its end could not be told, a condition on events or "viewed" before "or bought". */
function partWords(rule: Rule, ctx: Saying, entity: Entity, next?: Rule): string {
  const said = ruleWords(rule, ctx, entity, true);
  return runsOn(rule) || (next && isBare(rule) && acts(next)) ? `(${said})` : said;
}
const runsOn = (rule: Rule): boolean => {
  const one = alone(rule);
  if ('sequence' in one) return one.sequence.some((s) => listed('no' in s ? s.no : s));
  const did = 'did' in one ? one.did : 'didNot' in one ? one.didNot : null;
  return did !== null && listed(did);
};
const listed = (did: Pick<Did, 'event' | 'where'>): boolean => (did.where?.length ?? 0) > 0 || eventsOf(did.event).length > 1;
const isBare = (rule: Rule): boolean => {
  const one = lastOf(rule);
  return 'sequence' in one || ('did' in one && !one.did.count && !one.did.within && aggregatesOf(one.did).length === 0);
};
const acts = (rule: Rule): boolean => {
  const one = firstOf(rule);
  return 'did' in one || 'sequence' in one;
};
/** The rule itself under groups of one. */
function alone(rule: Rule): Rule {
  const only = 'all' in rule && rule.all.length === 1 ? rule.all[0]! : 'any' in rule && rule.any.length === 1 ? rule.any[0]! : null;
  return only ? alone(only) : rule;
}
const lastOf = (rule: Rule): Rule => ('all' in rule && rule.all.length > 0 ? lastOf(rule.all.at(-1)!) : alone(rule));
const firstOf = (rule: Rule): Rule => ('all' in rule && rule.all.length > 0 ? firstOf(rule.all[0]!) : alone(rule));

/** A rule in words; `nested` puts brackets around alternatives. Also used for one line of a builder. */
export function ruleWords(rule: Rule, ctx: Saying, entity: Entity = 'user', nested = false): string {
  if ('all' in rule) {
    if (rule.all.length === 0) return 'everyone';
    if (rule.all.length === 1) return ruleWords(rule.all[0]!, ctx, entity, nested);
    return rule.all.map((r) => partWords(r, ctx, entity)).join(' and ');
  }
  if ('any' in rule) {
    if (rule.any.length === 0) return 'no one';
    if (rule.any.length === 1) return ruleWords(rule.any[0]!, ctx, entity, nested);
    const inner = rule.any.map((r, i) => partWords(r, ctx, entity, rule.any[i + 1])).join(' or ');
    return nested ? `(${inner})` : inner;
  }
  if ('not' in rule) return `not (${ruleWords(rule.not, ctx, entity)})`;
  if ('segment' in rule) return `in ${quoted(segmentNames(ctx, entity).get(rule.segment) ?? rule.segment)}`;
  if ('ids' in rule) return idsWords(rule.ids, ctx, entity, ctx.full ?? false);
  if ('sample' in rule) return `in a ${(ctx.full ? exactWords : numberWords)(rule.sample.percent)} % sample${seedWords(rule.sample.seed)}`;
  if ('did' in rule) return didWords(rule.did, ctx);
  if ('didNot' in rule) return `did not ${didWords(rule.didNot, ctx, 'present')}`;
  if ('sequence' in rule) return sequenceWords(rule, ctx);
  const tag = tagOf(ctx, entity, rule.tag);
  const measure = { type: tag?.type ?? 'number', unit: tag?.unit ?? '', ...exactly(ctx) } as const;
  return `${tagNames(ctx, entity).get(rule.tag) ?? rule.tag} ${testWords(testOf(rule as Test), measure, ctx.basis.currency)}`;
}
