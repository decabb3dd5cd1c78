import { listed } from '../core/sentence.ts';
import type { BuildReport, FileFacts, Mapping, Note } from '../core/files.ts';
import type { Role } from '../core/roles.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { Col, FilePlan, Plan } from './plan.ts';
import { col, numberOf } from './plan.ts';
import { count, percent, plural } from './say.ts';

const NUMBERS: readonly Role[] = [
  'amount',
  'quantity',
  'discount',
  'price',
  'rating',
  'tenure',
  'deposit',
  'cost',
  'competitor_price',
  'stock',
  'reach',
  'cpm',
  'cpc',
  'ctr',
  'cvr',
  'value',
];
const DATES: readonly Role[] = ['at', 'signup_at', 'launched_at', 'birth_date'];
const IDS: readonly Role[] = ['user_id', 'product_id', 'order_id', 'session_id', 'other_id', 'referrer_id', 'event_id'];

const note = (id: string, level: Note['level'], title: string, detail: string, where?: Note['where']): Note => ({
  id,
  level,
  title,
  detail,
  ...(where ? { where } : {}),
});

/** Cells of a column that its type cannot read: known, but neither number nor date. The rows stay, the cells are empty. */
export function rejectedCells(c: Col): number {
  if (c.type !== 'VARCHAR') return 0;
  const read = (share: number): number => Math.round(c.facts.known * (1 - share));
  if (c.role === null) return c.facts.number >= 0.95 ? read(c.facts.number) : c.facts.date >= 0.95 ? read(c.facts.date) : 0;
  if (NUMBERS.includes(c.role) || c.role.startsWith('mix:') || ((c.role === 'age' || c.role === 'income') && c.facts.number >= 0.95))
    return read(c.facts.number);
  return DATES.includes(c.role) ? read(c.facts.date) : 0;
}

/** What was noticed in the columns of one file. */
export async function columnNotes(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<Note[]> {
  const out: Note[] = [];
  for (const c of file.cols.filter((x) => x.sql.startsWith('f.'))) {
    const where = { file: file.facts.name, column: c.facts.name };
    const n = rejectedCells(c);
    if (n > 0) {
      const what = c.role && DATES.includes(c.role) ? 'date' : c.facts.number >= 0.5 ? 'number' : 'date';
      const seen = c.facts.lost.map((l) => `“${l.text}”`).slice(0, 3);
      out.push(
        note(
          `cells:${file.facts.id}:${c.facts.name}`,
          'warn',
          `${plural(n, 'cell')} of ${c.title} ${n === 1 ? 'is' : 'are'} no ${what}`,
          `${seen.length > 0 ? `For example ${listed(seen)}. ` : ''}The rows stay, these cells are empty.`,
          where,
        ),
      );
    }
    if (c.role && IDS.includes(c.role) && c.facts.dotZero) {
      out.push(
        note(
          `dot:${file.facts.id}:${c.facts.name}`,
          'info',
          `Ids of ${c.title} lost the “.0” at their end`,
          'Every one of them ended so: a trace of a spreadsheet that took ids for numbers.',
          where,
        ),
      );
    }
    if (c.role && DATES.includes(c.role) && c.facts.ambiguous && c.dayFirst === undefined) {
      out.push(
        note(
          `dayfirst:${file.facts.id}:${c.facts.name}`,
          'warn',
          `Day or month first in ${c.title}?`,
          `No value decides. It is read as ${c.facts.dates[0]?.form ?? 'd/m/yyyy'} until you say otherwise.`,
          where,
        ),
      );
    }
    if (c.role === 'age' && c.facts.number >= 0.95) {
      const [old] = await one(engine, `SELECT count(*) FILTER (${numberOf(c)} NOT BETWEEN 0 AND 120) FROM ${file.table} f`, opts);
      if (old! > 0)
        out.push(
          note(
            `age:${file.facts.id}`,
            'warn',
            `${plural(old!, 'age')} of ${c.title} ${old === 1 ? 'lies' : 'lie'} outside 0 to 120`,
            'They count as unknown.',
            where,
          ),
        );
    }
  }
  return out;
}
const one = async (engine: Engine, sql: string, opts?: QueryOptions): Promise<number[]> =>
  (await engine.query(sql, opts)).columns.map((c) => Number((c as ArrayLike<Value>)[0] ?? 0));

/** What was noticed in the events as a whole. */
export async function eventNotes(
  engine: Engine,
  plan: Plan,
  facts: DataFacts,
  equal: ReadonlyMap<FilePlan, number>,
  opts?: QueryOptions,
): Promise<Note[]> {
  const out: Note[] = [];
  if (!facts.tables.events) return out;
  const [rows, nobody, sales, adjusted, free] = await one(
    engine,
    "SELECT count(*), count(*) FILTER (u IS NULL), count(*) FILTER (u IS NULL AND event = 'purchase'), count(*) FILTER (event = 'adjustment'), count(*) FILTER (event = 'free') FROM z.n_events",
    opts,
  );
  if (nobody! > 0 && facts.users > 0) {
    out.push(
      note(
        'anonymous',
        'info',
        `${percent(nobody!, rows!)} of events have no user`,
        `${plural(nobody!, 'row')}, ${count(sales!)} of them purchases, are kept and counted but enter no tag of users.`,
      ),
    );
  }
  if (adjusted! > 0)
    out.push(
      note(
        'adjustments',
        'info',
        `${plural(adjusted!, 'row')} ${adjusted === 1 ? 'is' : 'are'} no sale but an adjustment`,
        'Negative prices, write-offs of stock at no price, or invoice numbers with a letter other than C. They enter no tag.',
      ),
    );
  if (free! > 0) out.push(note('free', 'info', `${plural(free!, 'line')} cost nothing`, 'Products given at an amount of 0 are no purchases.'));
  for (const [file, n] of equal) {
    if (n > 0)
      out.push(
        note(
          `equal:${file.facts.id}`,
          'info',
          `${plural(n, 'row')} of ${file.facts.name} ${n === 1 ? 'equals' : 'equal'} an earlier one in every cell`,
          'They are kept; drop them in the options of the file if they are copies.',
          { file: file.facts.name },
        ),
      );
  }
  for (const f of plan.files) {
    const at = col(f, 'at');
    if (f.linesIn || !at || at.facts.offset || f.mapping.options.zone) continue;
    out.push(
      note(`zone:${f.facts.id}`, 'info', `Times of ${f.facts.name} have no zone`, `They are read as ${plan.zone}, the project's zone.`, {
        file: f.facts.name,
        column: at.facts.name,
      }),
    );
  }
  for (const f of plan.files)
    if (f.linesIn)
      out.push(
        note(
          `lines:${f.facts.id}`,
          'info',
          `${f.facts.name} and ${f.linesIn.facts.name} are joined by order`,
          'Lines take user, time and status from their order; the orders make no events of their own.',
        ),
      );
  return out;
}

/** Files that feed nothing, with the question that is open. */
export function fileNotes(files: readonly FileFacts[], mapping: Mapping): Note[] {
  return mapping.files.flatMap((m) => {
    const file = files.find((f) => f.id === m.file);
    return m.shape === 'unknown' && file ? [note(`unknown:${m.file}`, 'warn', `${file.name} is not used yet`, m.why, { file: file.name })] : [];
  });
}

/** Ids that stand on several rows of a table of users or products. */
export function doubledNotes(accounts: BuildReport['accounts'], shapes: ReadonlyMap<string, string>): Note[] {
  return accounts.flatMap((a) => {
    const shape = shapes.get(a.file);
    if (a.doubled === 0) return [];
    if (shape === 'users' || shape === 'products')
      return [
        note(
          `doubled:${a.file}`,
          'warn',
          `${plural(a.doubled, 'row')} of ${a.file} ${a.doubled === 1 ? 'repeats' : 'repeat'} an id`,
          'The last known value of each column counts.',
          { file: a.file },
        ),
      ];
    return [
      note(
        `doubled:${a.file}`,
        'info',
        `${plural(a.doubled, 'row')} of ${a.file} ${a.doubled === 1 ? 'was' : 'were'} left out as doubled`,
        'The same event id, or a copy of a row where you asked to drop copies.',
        { file: a.file },
      ),
    ];
  });
}
