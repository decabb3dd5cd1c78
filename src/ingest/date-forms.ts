/** One way to write a date. `ts` gives SQL for a TIMESTAMP: wall clock, or UTC where `instant`; NULL where the value is not such a date. */
export interface DateForm {
  id: string;
  /** RE2 pattern of the whole cell. */
  pattern: string;
  ts: (v: string) => string;
  /** True where the value says its offset or is an epoch. */
  instant: boolean;
}

const TIME = String.raw`(?:,?[ T]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?`;
const CLOCK = String.raw`,?[ T]+(\d{1,2}:\d{2}(?::\d{2})?)\s*[AaPp]\.?[Mm]\.?`;
const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';

// A part that is not there leaves its separator behind; the cast refuses those, so they are cut off.
const iso = (pattern: string, text: string) => (v: string) =>
  `TRY_CAST(rtrim(regexp_replace(${v}, '^(?:${pattern})$', '${text}'), ': ') AS TIMESTAMP)`;
const form = (id: string, pattern: string, text: string): DateForm => ({ id, pattern, instant: false, ts: iso(pattern, text) });

/** Twelve-hour clock: 12 am is 0, 1 pm is 13. */
function clock(id: string, pattern: string, text: string): DateForm {
  const plain = iso(pattern, text);
  return {
    id,
    pattern,
    instant: false,
    ts: (v) =>
      `CASE WHEN hour(${plain(v)}) BETWEEN 1 AND 12 THEN ${plain(v)} + to_hours(CASE WHEN regexp_matches(${v}, '[Pp]\\.?[Mm]\\.?$') ` +
      `THEN CASE WHEN hour(${plain(v)}) < 12 THEN 12 ELSE 0 END ELSE CASE WHEN hour(${plain(v)}) = 12 THEN -12 ELSE 0 END END) END`,
  };
}

/** Two-digit years as POSIX reads them, but with 1970 as the first: 70-99 are 19yy, 00-69 are 20yy. */
function shortYear(id: string, pattern: string, text: string): DateForm {
  const plain = iso(pattern, text);
  return { id, pattern, instant: false, ts: (v) => `${plain(v)} - to_years(CASE WHEN year(${plain(v)}) >= 2070 THEN 100 ELSE 0 END)` };
}

/** An English month's name is found by its first three letters. `at` are the pattern's groups of day, month and year. */
function named(id: string, pattern: string, day: number, month: number, year: number, rest: number): DateForm {
  const part = (v: string, n: number): string => `regexp_extract(${v}, '^(?i:${pattern})$', ${n})`;
  return {
    id,
    pattern: `(?i:${pattern})`,
    instant: false,
    ts: (v) =>
      `TRY_CAST(concat(${part(v, year)}, '-', (instr('janfebmaraprmayjunjulaugsepoctnovdec', lower(${part(v, month)})[:3]) + 2) // 3, '-', ` +
      `${part(v, day)}, rtrim(concat(' ', ${part(v, rest)}))) AS TIMESTAMP)`,
  };
}

const OFFSET = String.raw`(\d{4}-\d{1,2}-\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(?:[Zz]|UTC|GMT|([+-])(\d{2}):?(\d{2})?)`;
function withOffset(): DateForm {
  const part = (v: string, n: number): string => `regexp_extract(${v}, '${OFFSET}', ${n})`;
  const minutes = (v: string): string =>
    `coalesce((CASE ${part(v, 3)} WHEN '-' THEN -1 ELSE 1 END) * (60 * TRY_CAST(${part(v, 4)} AS INTEGER) + coalesce(TRY_CAST(${part(v, 5)} AS INTEGER), 0)), 0)`;
  return {
    id: 'yyyy-mm-dd with offset',
    pattern: OFFSET,
    instant: true,
    ts: (v) => `TRY_CAST(regexp_replace(${v}, '^(?:${OFFSET})$', '\\1 \\2') AS TIMESTAMP) - to_minutes(${minutes(v)})`,
  };
}

/** Epoch numbers of the years 2000 to 2100, told apart by their digits. */
function epoch(id: string, pattern: string, perSecond: number): DateForm {
  const number = (v: string): string => `TRY_CAST(${v} AS ${perSecond === 1 ? 'DOUBLE' : 'BIGINT'})`;
  // A double holds microseconds of these years exactly enough to round.
  const micros = (v: string): string => `CAST(round(${number(v)} ${perSecond === 1_000_000 ? '' : `* ${1_000_000 / perSecond}`}) AS BIGINT)`;
  return {
    id,
    pattern,
    instant: true,
    ts: (v) => `CASE WHEN ${number(v)} BETWEEN ${946_684_800 * perSecond} AND ${4_102_444_800 * perSecond} THEN make_timestamp(${micros(v)}) END`,
  };
}

const dmy = String.raw`(\d{1,2})[/-](\d{1,2})[/-](\d{4})`;
const dm2 = String.raw`(\d{1,2})[/-](\d{1,2})[/-](\d{2})`;
const ISO = String.raw`\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?`;

/** All forms, in the order in which a value that fits several is read when the column does not decide. */
export const DATE_FORMS: readonly DateForm[] = [
  { id: 'yyyy-mm-dd', pattern: ISO, instant: false, ts: (v) => `TRY_CAST(${v} AS TIMESTAMP)` },
  withOffset(),
  form('yyyy-mm-dd h:m:s,ms', String.raw`(\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}:\d{2}),(\d{1,9})`, String.raw`\1.\2`),
  form('yyyy/m/d', String.raw`(\d{4})[/.](\d{1,2})[/.](\d{1,2})${TIME}`, String.raw`\1-\2-\3 \4`),
  form(
    'yyyy年m月d日',
    String.raw`(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号일]?(?:\s*(\d{1,2})[:时點点시]\s?(\d{1,2})(?:[:分분]\s?(\d{1,2})?[秒초]?)?)?`,
    String.raw`\1-\2-\3 \4:\5:\6`,
  ),
  form('d.m.yyyy', String.raw`(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})${TIME}`, String.raw`\3-\2-\1 \4`),
  form('d/m/yyyy', dmy + TIME, String.raw`\3-\2-\1 \4`),
  form('m/d/yyyy', dmy + TIME, String.raw`\3-\1-\2 \4`),
  clock('d/m/yyyy, 12 hours', dmy + CLOCK, String.raw`\3-\2-\1 \4`),
  clock('m/d/yyyy, 12 hours', dmy + CLOCK, String.raw`\3-\1-\2 \4`),
  named('d-Mon-yyyy', String.raw`(\d{1,2})[- /.]+(${MONTHS})\.?[- /,]+(\d{4})${TIME}`, 1, 2, 3, 4),
  named('Mon d, yyyy', String.raw`(${MONTHS})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${TIME}`, 2, 1, 3, 4),
  shortYear('d/m/yy', dm2 + TIME, String.raw`20\3-\2-\1 \4`),
  shortYear('m/d/yy', dm2 + TIME, String.raw`20\3-\1-\2 \4`),
  shortYear('d.m.yy', String.raw`(\d{1,2})\.(\d{1,2})\.(\d{2})${TIME}`, String.raw`20\3-\2-\1 \4`),
  form('yyyymmdd', String.raw`((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])`, String.raw`\1-\2-\3`),
  form(
    'yyyymmddhhmmss',
    String.raw`((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)([0-5]\d)`,
    String.raw`\1-\2-\3 \4:\5:\6`,
  ),
  epoch('seconds since 1970', String.raw`\d{9,10}(?:\.\d{1,6})?`, 1),
  epoch('milliseconds since 1970', String.raw`\d{12,13}`, 1_000),
  epoch('microseconds since 1970', String.raw`\d{15,16}`, 1_000_000),
];
const BY_ID = new Map(DATE_FORMS.map((f) => [f.id, f]));

// JavaScript knows no flag inside a pattern; case matters to none of the others.
const jsPatterns = DATE_FORMS.map((f) => new RegExp(`^(?:${f.pattern.replace('(?i:', '(?:')})$`, 'i'));

/** Starts like a date, with a digit or an English month. */
const START = /^(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** Ids of the forms whose pattern a trimmed cell has; whether it is a day of the calendar the engine says. */
export function formsLike(cell: string): string[] {
  if (cell.length < 6 || cell.length > 40 || !START.test(cell)) return [];
  return DATE_FORMS.filter((_, i) => jsPatterns[i]!.test(cell)).map((f) => f.id);
}

/** The form of this id; a mistake of ours if there is none. */
export function dateForm(id: string): DateForm {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`no date form ${id}`);
  return found;
}

/** The same writing with day and month changed over: 'd/m/yyyy' and 'm/d/yyyy'; null for all other forms. */
export function swapped(id: string): string | null {
  if (id.startsWith('d/m/')) return `m/d/${id.slice(4)}`;
  return id.startsWith('m/d/') ? `d/m/${id.slice(4)}` : null;
}
