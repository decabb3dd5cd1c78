import { Temporal } from 'temporal-polyfill';
import { TesseraError } from '../core/errors.ts';

/** From this instant on (milliseconds since 1970, UTC; the first: minus infinity) the zone is `offset` seconds ahead of UTC. */
export interface ZoneStep {
  fromUtc: number;
  /** The same moment on the zone's clock, such that a wall time that occurs twice is the earlier instant and a skipped one moves forward. */
  fromLocal: number;
  offset: number;
}

const FIRST = Temporal.Instant.from('1970-01-01T00:00:00Z');
const LAST = Date.UTC(2060, 0, 1);

/**
 * Offset changes of a zone from 1970 to 2060, as the platform knows them (definitions, section 1: no icu). A fixed offset is one step.
 * Throws MAP_INVALID for a name that is no zone.
 */
export function zoneSteps(zone: string): ZoneStep[] {
  let at: Temporal.ZonedDateTime | null;
  try {
    at = FIRST.toZonedDateTimeISO(zone);
  } catch (cause) {
    throw new TesseraError('MAP_INVALID', `“${zone}” is not a time zone.`, { next: 'Choose one like Europe/Paris, or UTC.', cause });
  }
  const steps: ZoneStep[] = [{ fromUtc: -Infinity, fromLocal: -Infinity, offset: seconds(at) }];
  while ((at = at.getTimeZoneTransition('next')) && at.epochMilliseconds < LAST) {
    const offset = seconds(at);
    const before = steps[steps.length - 1]!.offset;
    if (offset !== before) steps.push({ fromUtc: at.epochMilliseconds, fromLocal: at.epochMilliseconds + 1000 * Math.max(before, offset), offset });
  }
  return steps;
}
const seconds = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 1e9;

/** SQL: the instant (UTC) of a wall clock of the zone. */
export const toUtcSql = (steps: readonly ZoneStep[], expr: string): string => shifted(steps, expr, 'fromLocal', '-');
/** SQL: the zone's wall clock at an instant (UTC). */
export const toWallSql = (steps: readonly ZoneStep[], expr: string): string => shifted(steps, expr, 'fromUtc', '+');

function shifted(steps: readonly ZoneStep[], expr: string, from: 'fromUtc' | 'fromLocal', sign: '+' | '-'): string {
  if (steps.length === 1) return steps[0]!.offset === 0 ? expr : `${expr} ${sign} to_seconds(${steps[0]!.offset})`;
  return `${expr} ${sign} to_seconds(${search(steps, expr, from)})`;
}

/** A binary search written as CASE: faster than a join for the few hundred changes that a zone has. */
function search(steps: readonly ZoneStep[], expr: string, from: 'fromUtc' | 'fromLocal'): string {
  if (steps.length === 1) return String(steps[0]!.offset);
  const half = steps.length >> 1;
  const limit = new Date(steps[half]![from]).toISOString().slice(0, 19).replace('T', ' ');
  return `CASE WHEN ${expr} < TIMESTAMP '${limit}' THEN ${search(steps.slice(0, half), expr, from)} ELSE ${search(steps.slice(half), expr, from)} END`;
}
