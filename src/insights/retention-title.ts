import { capital } from '../core/sentence.ts';
import { shareOf, whole } from '../profiles/say.ts';
import type { CurvePoint, RetentionAnswer, RetentionParams } from './retention-types.ts';

type Told = Omit<RetentionAnswer, 'title' | 'sub'>;

/** "new buyers", "new users", "new users of “cart”"; without "new" where every period with the event enters. */
export function whoEnters(event: string, entry: RetentionParams['entry']): string {
  const kind = event === 'purchase' ? 'buyers' : event === 'any' ? 'users' : `users of “${event}”`;
  return entry === 'first' ? `new ${kind}` : kind;
}

/** What period n is called: "month 3"; "days 90–119" on a rolling clock. */
export function stepName(p: Pick<RetentionParams, 'clock' | 'period' | 'days'>, n: number): string {
  if (p.clock === 'calendar') return `${p.period} ${n}`;
  return p.days === 1 ? `day ${n}` : `days ${n * p.days}–${(n + 1) * p.days - 1}`;
}
const at = (p: RetentionParams, n: number): string =>
  `${p.clock !== 'calendar' && p.days === 1 ? 'on' : 'in'} ${stepName(p, n)}${p.count === 'after' ? ' or later' : ''}`;
const short = (name: string): string => (name.length > 24 ? `${name.slice(0, 23).trimEnd()}…` : name);

/** The finding. Says "more" or "less" only where the interval of the difference leaves out 0; flat data gives "No clear difference". */
export function retentionTitle(a: Told, p: RetentionParams): string {
  if (a.verdict.status === 'refused') return 'Nothing to say yet about who comes back';
  const d = a.difference;
  if (d) {
    const rates = `${shareOf(d.here.rate!)} against ${shareOf(d.base.rate!)} ${at(p, d.n)}`;
    if (!d.clear || d.fragile) return `No clear difference in coming back: ${rates}`;
    return `${capital(short(a.curve.name))} come back ${d.difference > 0 ? 'more' : 'less'}: ${rates}`;
  }
  const told = a.curve.points.filter((x): x is CurvePoint & { rate: number } => x.n > 0 && x.rate !== null);
  const first = told[0];
  if (!first) return 'Nothing to say yet about who comes back';
  const enough = told.filter((x) => x.eligible >= 30);
  const last = enough.at(-1);
  if (told.every((x) => x.returned === 0)) return `None of ${whole(a.curve.size)} ${a.who} has come back yet`;
  const head = `${shareOf(first.rate)} of ${short(a.who)} come back ${at(p, first.n)}`;
  return last && last.n > first.n ? `${head}, ${shareOf(last.rate)} ${at(p, last.n)}` : head;
}

/** Measure, unit, window, n. */
export function retentionSub(a: Told, p: RetentionParams): string {
  const measure = p.count === 'after' ? 'Share active in a period or any later one' : 'Share active in exactly that period';
  const of = p.reference === 'previous' ? ' of those active in the one before' : '';
  const clock =
    p.clock === 'calendar'
      ? `calendar ${p.period}s`
      : `${p.days === 1 && p.clock === 'rolling-24h' ? '24 hours' : p.clock === 'rolling-24h' ? `${p.days} × 24 hours` : p.days === 1 ? 'days' : `${p.days} days`} from each one’s first`;
  return `${measure}${of}; ${clock}; ${p.mean} mean; n = ${whole(a.curve.size)} ${a.who}`;
}
