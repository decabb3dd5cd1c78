/** One value of an engine, as `core/frame.ts` says it. Both drivers use these, so that their answers are equal to the last character. */

const DAY = 86_400;
const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** Days since 1970-01-01 as 'YYYY-MM-DD'; years before 1 as '0044-03-15 (BC)', as the engine writes them. */
export function dateText(days: number): string {
  if (days >= 2_147_483_647) return 'infinity';
  if (days <= -2_147_483_647) return '-infinity';
  // Civil date from a day count, after H. Hinnant: exact over the engine's whole range, where Date is not.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return year > 0 ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : `${pad(1 - year, 4)}-${pad(month)}-${pad(day)} (BC)`;
}

function clock(seconds: number, micros: number): string {
  const hms = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return micros === 0 ? hms : `${hms}.${pad(micros, 6)}`;
}

/** Microseconds since midnight as 'HH:MM:SS' with '.ffffff' only where it is not zero. */
export const timeText = (micros: bigint): string => clock(Number(micros / 1_000_000n), Number(micros % 1_000_000n));

/** Microseconds since 1970 as 'YYYY-MM-DD HH:MM:SS' with '.ffffff' only where it is not zero. */
export function timestampText(micros: bigint): string {
  if (micros >= 9_223_372_036_854_775_807n) return 'infinity';
  if (micros <= -9_223_372_036_854_775_807n) return '-infinity';
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((micros - rest) / 1_000_000n);
  const days = Math.floor(seconds / DAY);
  const date = dateText(days);
  const time = clock(seconds - days * DAY, Number(rest));
  return date.endsWith(' (BC)') ? `${date.slice(0, -5)} ${time} (BC)` : `${date} ${time}`;
}

const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** A decimal's digits and scale as the nearest double. */
export function decimalNumber(unscaled: bigint, scale: number): number {
  if (scale === 0) return Number(unscaled);
  // Both operands exact: IEEE division rounds correctly.
  if (scale < POWERS.length && unscaled >= -9_007_199_254_740_991n && unscaled <= 9_007_199_254_740_991n) return Number(unscaled) / POWERS[scale]!;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return Number(`${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/** Bytes as the engine prints them: printable ASCII as it is, everything else as \xHH. */
export function blobText(bytes: Uint8Array): string {
  let out = '';
  for (const b of bytes)
    out += b >= 32 && b < 127 && b !== 92 && b !== 39 && b !== 34 ? String.fromCharCode(b) : `\\x${b.toString(16).toUpperCase().padStart(2, '0')}`;
  return out;
}
