import type { FormulaType, Typed } from './formula-check.ts';

interface Call {
  args: Typed[];
  /** The argument, which must be of that type. */
  need(i: number, type: FormulaType): Typed;
  fail(message: string, i?: number): Error;
  /** The common type of several arguments; `from` are their places. */
  alike(items: Typed[], from: number[]): Pick<Typed, 'type' | 'money'>;
}
interface FormulaFunction {
  name: string;
  /** As shown while typing. */
  args: string;
  help: string;
  least: number;
  most?: number;
  /** Texts among the arguments are dates. */
  dates?: boolean;
  make(call: Call): Typed;
}

const all = (items: Typed[]): number[] => items.map((_, i) => i);
const extreme =
  (name: 'least' | 'greatest', word: string): FormulaFunction['make'] =>
  ({ args, alike, fail }) => {
    const type = alike(args, all(args));
    if (type.type !== 'number' && type.type !== 'date') throw fail(`The ${word} is of numbers or of dates.`);
    return { ...type, sql: `${name}(${args.map((a) => a.sql).join(', ')})` };
  };

/** Every function of the formula language. A new one is one entry here and one line in its test. */
export const FUNCTIONS: readonly FormulaFunction[] = [
  {
    name: 'if',
    args: 'condition, then, otherwise',
    help: 'The second if the first holds, else the third. Conditions and values may go on in pairs; the last is for the rest.',
    least: 3,
    make: ({ args, need, fail, alike }) => {
      if (args.length % 2 === 0) throw fail('if needs a value for the rest at its end.');
      const conditions = args.flatMap((_, i) => (i % 2 === 0 && i < args.length - 1 ? [need(i, 'boolean')] : []));
      const places = args.flatMap((_, i) => (i % 2 === 1 || i === args.length - 1 ? [i] : []));
      const values = places.map((i) => args[i]!);
      const type = alike(values, places);
      const whens = conditions.map((c, i) => `WHEN ${c.sql} IS NULL THEN NULL WHEN ${c.sql} THEN ${values[i]!.sql}`);
      return { ...type, sql: `CASE ${whens.join(' ')} ELSE ${values.at(-1)!.sql} END` };
    },
  },
  {
    name: 'coalesce',
    args: 'first, second, …',
    help: 'The first that is known.',
    least: 2,
    make: ({ args, alike }) => ({ ...alike(args, all(args)), sql: `coalesce(${args.map((a) => a.sql).join(', ')})` }),
  },
  { name: 'min', args: 'a, b, …', help: 'The least of those that are known.', least: 2, dates: true, make: extreme('least', 'least') },
  { name: 'max', args: 'a, b, …', help: 'The greatest of those that are known.', least: 2, dates: true, make: extreme('greatest', 'greatest') },
  {
    name: 'days',
    args: 'from, to',
    help: 'Calendar days from the one date to the other.',
    least: 2,
    most: 2,
    dates: true,
    make: ({ args, fail }) => {
      args.forEach((a, i) => {
        if (a.type !== 'date' && a.type !== 'nothing') throw fail('days needs two dates, such as days(first_purchase, last_purchase).', i);
      });
      return { type: 'number', sql: `date_diff('day', ${args[0]!.sql}::DATE, ${args[1]!.sql}::DATE)::DOUBLE` };
    },
  },
  { name: 'today', args: '', help: 'The date of the basis bar (as of).', least: 0, most: 0, make: () => ({ type: 'date', sql: 'as_of()' }) },
  {
    name: 'known',
    args: 'tag',
    help: 'Whether it is known; never itself unknown.',
    least: 1,
    most: 1,
    make: ({ args }) => ({ type: 'boolean', sql: `(${args[0]!.sql} IS NOT NULL)` }),
  },
  {
    name: 'abs',
    args: 'number',
    help: 'Without its sign.',
    least: 1,
    most: 1,
    make: ({ need }) => ({ ...need(0, 'number'), type: 'number', sql: `abs(${need(0, 'number').sql})` }),
  },
  {
    name: 'round',
    args: 'number, digits',
    help: 'Rounded, half away from zero; without digits to a whole number.',
    least: 1,
    most: 2,
    make: ({ args, need, fail }) => {
      const digits = args[1]?.sql ?? '0';
      if (!/^-?\d+(::DOUBLE)?$/.test(digits)) throw fail('The number of digits is written as a whole number.', 1);
      const x = need(0, 'number');
      return { ...x, type: 'number', sql: `round(${x.sql}, ${digits.replace('::DOUBLE', '')})` };
    },
  },
  {
    name: 'floor',
    args: 'number',
    help: 'The whole number at or below it.',
    least: 1,
    most: 1,
    make: ({ need }) => ({ ...need(0, 'number'), type: 'number', sql: `floor(${need(0, 'number').sql})` }),
  },
  {
    name: 'contains',
    args: 'text, part',
    help: 'Whether the text holds the part, letter for letter.',
    least: 2,
    most: 2,
    make: ({ need }) => ({ type: 'boolean', sql: `contains(${need(0, 'text').sql}, ${need(1, 'text').sql})` }),
  },
  {
    name: 'year',
    args: 'date',
    help: 'The year of a date, as a number.',
    least: 1,
    most: 1,
    dates: true,
    make: ({ need }) => ({ type: 'number', sql: `year(${need(0, 'date').sql})::DOUBLE` }),
  },
];
