import type { Rule } from '../core/rule.ts';
import type { TagInfo } from '../core/tag.ts';

export interface Risk {
  id: string;
  name: string;
  why: string;
  rule: Rule;
}
/** What a file calls somebody who did not pay, or who cheated: the name of a column, and what is said of those it is true of. */
const MARKS: { id: string; name: string; column: RegExp; why: string }[] = [
  {
    id: 'in-default',
    name: 'In default or overdue',
    column: /^(credit |loan |is |has |in )*(default|defaulted|in default|default flag|arrears|overdue|past due|delinquent|delinquency)$/,
    why: 'credit was not paid back in time',
  },
  {
    id: 'fraud',
    name: 'Marked as fraud',
    column: /^(is |has )*(fraud|fraudulent|fraud flag|chargeback|charged back)$/,
    why: 'a payment was false or taken back',
  },
  { id: 'blocked', name: 'Blocked', column: /^(is |has )*(blocked|blacklisted|blacklist|suspended|banned)$/, why: 'the account may not be used' },
];
const YES = ['yes', 'true', '1', 'y', 't'];
/** Kinds of events that say a payment did not go through. */
const FAILED =
  /(pay|charge|transaction|debit)\w*[ _.-]*(fail|declin|reject|error)|(fail|declin|reject)\w*[ _.-]*(pay|charge|transaction|debit)|charge[ _.-]?back/i;
const plain = (tag: string): string =>
  tag
    .replace(/^attr:/, '')
    .replaceAll(/[_.-]+/g, ' ')
    .trim()
    .toLowerCase();

/** Segments of risk that this data's own columns and events allow, each saying what the file says and no more. */
export function risks(tags: readonly TagInfo[], events: Readonly<Record<string, number>>, dated: boolean): Risk[] {
  const marked = MARKS.flatMap(({ id, name, column, why }): Risk[] => {
    for (const t of tags) {
      if (t.entity !== 'user' || !['enum', 'boolean'].includes(t.type) || !column.test(plain(t.id))) continue;
      const yes = t.values.find((v) => v.n > 0 && YES.includes(v.value.toLowerCase()))?.value;
      if (yes === undefined) continue;
      const rule = { tag: t.id, is: t.type === 'boolean' ? true : yes };
      return [{ id, name, why: `The column “${t.id.replace(/^attr:/, '')}” says “${yes}”: ${why}. It is what the file says, not a forecast.`, rule }];
    }
    return [];
  });
  const failed = Object.keys(events).filter((e) => FAILED.test(e) && events[e]! > 0);
  if (failed.length === 0 || !dated) return marked;
  return [
    ...marked,
    {
      id: 'failed-payments',
      name: 'Payments that failed',
      why: 'A payment did not go through at least twice in the last 90 days: ask for another way to pay before they give up.',
      rule: { did: { event: failed.length === 1 ? failed[0]! : failed, count: { gte: 2 }, within: { last: [90, 'day'] } } },
    },
  ];
}
