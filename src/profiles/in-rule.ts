import type { SegmentRef } from '../core/profile.ts';
import type { Did, Rule, Step, Where } from '../core/rule.ts';
import { segmentOf, type RuleContext } from '../segments/context.ts';
import { eventsOf } from '../segments/did-sql.ts';

/** What a tag is made of, and what else is made of it: decided by a rule that names the tag, but no further. */
const PARTS: Record<string, readonly string[]> = {
  rfm_group: ['rfm_score', 'rfm_value', 'recency', 'orders'],
  rfm_score: ['rfm_group', 'rfm_value', 'recency', 'orders', 'monetary'],
  rfm_value: ['rfm_group', 'rfm_score', 'recency', 'orders', 'monetary'],
};
/** The same fact in other words. */
const SAME: Record<string, readonly string[]> = {
  age: ['age_band'],
  age_band: ['age'],
  signup_at: ['signup_month', 'tenure_days'],
  signup_month: ['signup_at', 'tenure_days'],
  tenure_days: ['signup_at', 'signup_month'],
  first_purchase: ['cohort_month'],
  cohort_month: ['first_purchase'],
  lifecycle: ['lifecycle_personal', 'recency'],
  lifecycle_personal: ['lifecycle', 'recency'],
  recency: ['lifecycle'],
  last_active: ['days_since_active'],
  days_since_active: ['last_active'],
  orders: ['buyer_status', 'purchase_days'],
  buyer_status: ['orders', 'purchase_days'],
  monetary: ['revenue_net', 'spend_share'],
  revenue: ['revenue_share', 'revenue_net', 'abc'],
  abc: ['revenue', 'revenue_share'],
  buyers: ['penetration'],
  penetration: ['buyers'],
  price: ['price_band'],
  price_band: ['price'],
};

/**
 * Ids of the tags that a rule itself speaks about: named in it, in a segment it names, in its limit, or telling the same as what it asks of events.
 * What they show of the segment is the rule, not a finding.
 */
export function tagsInRule(ref: SegmentRef | null, ctx: RuleContext): Set<string> {
  const named = new Set<string>();
  if (ref) {
    read(ref.rule, named, ctx);
    if ('limit' in ref && ref.limit && 'top' in ref.limit) named.add(ref.limit.by);
  }
  for (const id of [...named]) PARTS[id]?.forEach((part) => named.add(part));
  // A set is walked with what is added on the way: the same fact may be said in other words again.
  for (const id of named) SAME[id]?.forEach((also) => named.add(also));
  return named;
}

function read(rule: Rule, into: Set<string>, ctx: RuleContext): void {
  if ('all' in rule) rule.all.forEach((r) => read(r, into, ctx));
  else if ('any' in rule) rule.any.forEach((r) => read(r, into, ctx));
  else if ('not' in rule) read(rule.not, into, ctx);
  else if ('segment' in rule) {
    const segment = segmentOf(ctx, rule.segment);
    if (segment) read(segment.rule, into, ctx);
    if (segment?.limit && 'top' in segment.limit) into.add(segment.limit.by);
  } else if ('tag' in rule) into.add(rule.tag);
  else if ('did' in rule) did(rule.did, into);
  else if ('didNot' in rule) did(rule.didNot, into);
  else if ('sequence' in rule) rule.sequence.forEach((s: Step) => where(('no' in s ? s.no : s).where, into));
}

function did({ event, where: tests, within, sum, avg }: Did, into: Set<string>): void {
  where(tests, into);
  if (within && 'after' in within) into.add(within.after);
  const plain = !tests?.length;
  for (const e of eventsOf(event)) {
    if (e === 'purchase' && plain)
      ['orders', ...(sum ? ['monetary'] : []), ...(avg ? ['aov'] : []), ...(within && 'last' in within ? ['recency', 'lifecycle'] : [])].forEach(
        (t) => into.add(t),
      );
    if (plain) into.add({ view: 'views', cart: 'carts', search: 'searches', refund: 'refunds' }[e] ?? e);
  }
}

/** "where channel is …" speaks about the favourite channel too. */
function where(tests: Where[] | undefined, into: Set<string>): void {
  for (const w of tests ?? []) {
    if ('any' in w) where(w.any, into);
    else if ('not' in w) where([w.not], into);
    else [w.col, `main_${w.col}`, `favourite_${w.col === 'cat' ? 'category' : w.col}`].forEach((t) => into.add(t));
  }
}
