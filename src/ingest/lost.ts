/** What spreadsheets and databases write instead of a value. `sql` and `text` say the same; SQL avoids patterns, which are slow over millions of rows. */
export const LOST: readonly { sql: (v: string) => string; text: RegExp; reason: string }[] = [
  {
    sql: (v) => `lower(${v}) IN ('inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity')`,
    text: /^[+-]?inf(inity)?$/i,
    reason: 'is no number; read as nothing in a column of numbers',
  },
  {
    sql: (v) => `(contains(${v}, 'E+1') AND regexp_full_match(${v}, '\\d[.,]\\d{2,6}E\\+1\\d'))`,
    text: /^\d[.,]\d{2,6}E\+1\d$/,
    reason: 'lost its last digits in a spreadsheet',
  },
  {
    sql: (v) => `${v} IN ('#REF!', '#DIV/0!', '#VALUE!', '#NAME?', '#NUM!', '#SPILL!')`,
    text: /^#(REF!|DIV\/0!|VALUE!|NAME\?|NUM!|SPILL!)$/,
    reason: 'is an error of a spreadsheet',
  },
  { sql: (v) => `starts_with(${v}, '0000-00-00')`, text: /^0000-00-00/, reason: "is a database's empty date" },
];
export const NOTHING = 'reads as nothing';

/** Why a value is worth a word, or null. */
export const lostReason = (value: string): string | null => LOST.find((l) => l.text.test(value))?.reason ?? null;

/** True for what is infinite: nothing in a column of numbers. */
export const isInfinite = (value: string): boolean => LOST[0]!.text.test(value);
