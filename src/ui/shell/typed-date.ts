/** A day as people type it: "1 Sep 2026", "1/9/2026" (day first), "2026-09-01". Null where it is no day of the calendar. Answer 'YYYY-MM-DD'. */
export function typedDate(text: string): string | null {
  const t = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(t);
  const dmy = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(t);
  const word = /^(\d{1,2})\.? ([a-z]{3,9})\.? (\d{4})$/.exec(t);
  const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const [y, m, d] = iso
    ? [+iso[1]!, +iso[2]!, +iso[3]!]
    : dmy
      ? [+dmy[3]!, +dmy[2]!, +dmy[1]!]
      : word
        ? [+word[3]!, MONTHS.indexOf(word[2]!.slice(0, 3)) + 1, +word[1]!]
        : [0, 0, 0];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (!y || date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  return date.toISOString().slice(0, 10);
}

/** A time of day: "8", "8:30", "20:15:30". Answer 'HH:MM:SS' or null. */
export function typedTime(text: string): string | null {
  const m = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?$/.exec(text.trim());
  if (!m || +m[1]! > 23 || +(m[2] ?? 0) > 59 || +(m[3] ?? 0) > 59) return null;
  return [m[1]!, m[2] ?? '0', m[3] ?? '0'].map((p) => p.padStart(2, '0')).join(':');
}
