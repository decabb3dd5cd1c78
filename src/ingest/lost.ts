/** What spreadsheets and databases write instead of a value. `text` is RE2 and JavaScript at once. */
export const LOST: readonly { text: string; reason: string }[] = [
  { text: String.raw`[+-]?[iI][nN][fF](?:[iI][nN][iI][tT][yY])?`, reason: 'is no number; read as nothing in a column of numbers' },
  { text: String.raw`\d[.,]\d{2,6}E\+1\d`, reason: 'lost its last digits in a spreadsheet' },
  { text: String.raw`#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|SPILL!)`, reason: 'is an error of a spreadsheet' },
  { text: '0000-00-00.*', reason: "is a database's empty date" },
];
export const NOTHING = 'reads as nothing';
const compiled = LOST.map((l) => new RegExp(`^(?:${l.text})$`));

/** Why a value is worth a word, or null; null asks for the reason of a word for nothing. */
export function lostReason(value: null): string;
export function lostReason(value: string): string | null;
export function lostReason(value: string | null): string | null {
  return value === null ? NOTHING : (LOST[compiled.findIndex((r) => r.test(value))]?.reason ?? null);
}

/** True for what is infinite: nothing in a column of numbers. */
export const isInfinite = (value: string): boolean => compiled[0]!.test(value);
