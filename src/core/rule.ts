/** The segment language of definitions-tags, section 7. Plain JSON. A rule answers yes or no for each member of the universe. */
export type Scalar = string | number | boolean;
export type SpanUnit = 'hour' | 'day' | 'week' | 'month' | 'year';
export type Span = [number, SpanUnit];
export type Test =
  | { known: boolean }
  | { is: Scalar }
  | { isNot: Scalar }
  | { in: Scalar[] }
  | { notIn: Scalar[] }
  | { startsWith: string }
  | { contains: string }
  | { eq: number }
  | { ne: number }
  | { gt: number }
  | { gte: number }
  | { lt: number }
  | { lte: number }
  | { between: [number, number] }
  | { top: number }
  | { bottom: number }
  | { topPercent: number }
  | { bottomPercent: number }
  | { percentile: [number, number] }
  | { before: string }
  | { after: string }
  | { last: Span }
  | { older: Span }
  | { has: Scalar }
  | { hasAny: Scalar[] }
  | { hasAll: Scalar[] };
export type Window =
  | { last: Span }
  | { from?: string; to?: string }
  | { after: string; for: Span }
  | { calendar: 'this' | 'previous'; unit: 'day' | 'week' | 'month' | 'year' };
export type Where = ({ col: string } & Test) | { any: Where[] } | { not: Where };
export type Aggregate = Test & { of: 'amount' | 'quantity' | 'discount' | 'rating' };
export interface Did {
  event: string | string[];
  where?: Where[];
  within?: Window;
  per?: 'event' | 'order' | 'day' | 'session' | 'product';
  count?: Test;
  sum?: Aggregate;
  avg?: Aggregate;
  min?: Aggregate;
  max?: Aggregate;
}
export type Step = { event: string | string[]; where?: Where[] } | { no: { event: string | string[]; where?: Where[] } };
export type Rule =
  | { all: Rule[] }
  | { any: Rule[] }
  | { not: Rule }
  | { segment: string }
  | { ids: string[] }
  | { sample: { percent: number; seed: string } }
  | ({ tag: string } & Test)
  | { did: Did }
  | { didNot: Did }
  | { sequence: Step[]; gap?: Span; within?: Span; same?: 'product_id' | 'session_id' | 'order_id' };
export type Limit = { top: number; by: string; dir?: 'desc' | 'asc' } | { sample: number; seed: string };
/** What somebody last knew of a thing made of tags: its size (null: not known) and what each tag meant that it uses, by id. */
export interface Seen {
  n: number | null;
  tags: Record<string, { version: string; digest: string }>;
}
export interface Segment {
  id: string;
  name: string;
  rule: Rule;
  limit?: Limit;
  entity?: 'user' | 'product';
  /** Written by the step that changes what tags mean; taken away when the change is accepted. */
  seen?: Seen;
}
