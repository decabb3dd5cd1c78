import type { CardEvent } from '../core/profile.ts';

/** Events of one stay: the same occasion (session, order), or less than half an hour after the one before. */
export interface Stay {
  /** Wall clock of its first and last event; null where events have no time. */
  from: string | null;
  to: string | null;
  minutes: number;
  events: CardEvent[];
  purchases: number;
  /** Paid for in it; null where nothing was. */
  amount: number | null;
}
const GAP_MINUTES = 30;

const minutesOf = (at: string | null): number | null => {
  const m = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/.exec(at ?? '');
  return m ? Date.UTC(+m[1]!, +m[2]! - 1, +m[3]!, +(m[4] ?? 0), +(m[5] ?? 0), +(m[6] ?? 0)) / 60_000 : null;
};

/** Events, newest first, as stays, newest first. Events without a time make one stay of their own at the end. */
export function staysOf(events: CardEvent[]): Stay[] {
  const stays: Stay[] = [];
  let before: { occasion: number | null; at: number | null } | null = null;
  for (const e of events) {
    const at = minutesOf(e.at);
    const joined =
      before !== null &&
      ((e.occasion !== null && e.occasion === before.occasion) ||
        (at === null && before.at === null) ||
        (at !== null && before.at !== null && before.at - at < GAP_MINUTES));
    if (!joined) stays.push({ from: e.at, to: e.at, minutes: 0, events: [], purchases: 0, amount: null });
    const stay = stays.at(-1)!;
    stay.events.push(e);
    stay.from = e.at;
    if (e.event === 'purchase') {
      stay.purchases++;
      if (e.amount !== null) stay.amount = (stay.amount ?? 0) + e.amount;
    }
    const [first, last] = [minutesOf(stay.from), minutesOf(stay.to)];
    stay.minutes = first === null || last === null ? 0 : last - first;
    before = { occasion: e.occasion, at };
  }
  return stays;
}
