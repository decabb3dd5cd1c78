const rules = new Intl.PluralRules('en');
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** "1 user", "1,483 users": the number, then the noun. */
export const count = (n: number, one: string, many = `${one}s`): string => `${whole.format(n)} ${rules.select(n) === 'one' ? one : many}`;
/** A list in prose: "a, b and c". */
export const list = (items: string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items).replace(/, and /, ' and ');
/** Numbers up to ten in words, for headlines. */
export const spell = (n: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][n] ?? whole.format(n);
