/** Text that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text cell made harmless for spreadsheets: a leading = + - @ tab or carriage return gets an apostrophe before it. Numbers are not texts: leave them alone. */
export const guardFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
