import { TesseraError } from '../core/errors.ts';
import type { BuildReport, FileFacts, Mapping, Note, Progress } from '../core/files.ts';
import type { TableName } from '../core/roles.ts';
import { TABLES } from '../core/roles.ts';
import type { Settings } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Engine } from '../engine/engine.ts';
import { buildAll } from './build-tables.ts';
import { contradictionNotes } from './contradictions.ts';
import { dataFacts } from './facts.ts';
import { joinReports } from './joins.ts';
import { makePlan } from './make-plan.ts';
import { columnNotes, doubledNotes, eventNotes, fileNotes, rejectedCells } from './notes.ts';
import { feeding } from './plan.ts';

export interface BuildOptions {
  signal?: AbortSignal;
  task?: string;
  on?: (p: Progress) => void;
  /** Rows of events that one statement inserts. For tests. */
  rowsAtOnce?: number;
}

/**
 * Makes the canonical tables (core/tables.ts) of the raw tables by the mapping; no file is read again. They are made beside those that stand and take
 * their place at the end, so that a call that fails or is cancelled leaves everything as it was. Throws MAP_NO_USER, MAP_INVALID, CANCELLED.
 */
export async function buildTables(
  engine: Engine,
  files: readonly FileFacts[],
  mapping: Mapping,
  settings: Settings,
  opts: BuildOptions = {},
): Promise<BuildReport> {
  const started = performance.now();
  const query = opts.signal ? { signal: opts.signal } : undefined;
  const plan = await makePlan(engine, files, mapping, settings);
  const steps = plan.files.length + 6;
  let done = 0;
  const step = (phase: string, file?: string): void => {
    if (opts.signal?.aborted) throw new TesseraError('CANCELLED', 'Cancelled.');
    opts.on?.({ task: opts.task ?? 'build', phase, done: done++, of: steps, unit: 'steps', startedAt: started, ...(file ? { file } : {}) });
  };
  try {
    const made = await buildAll(engine, plan, step, opts.rowsAtOnce ?? ROWS_AT_ONCE, query);
    step('counting');
    const tables: DataFacts['tables'] = made.tables;
    const facts = await dataFacts(engine, tables, { users: made.users, products: made.products }, files, mapping, settings.zone, query);
    step('joins');
    const own = (t: TableName): typeof plan.files =>
      feeding(plan, t).filter((f) => t === 'events' || f.mapping.shape === t || (t === 'outcomes' && f.mapping.shape === 'users'));
    const { joins, notes: offers } = await joinReports(
      engine,
      {
        events: own('events').filter((f) => !f.linesIn),
        users: own('users'),
        products: own('products'),
        edges: own('edges'),
        outcomes: own('outcomes'),
      },
      query,
    );
    const accounts = plan.files.map((f) => {
      const lost = (made.nameless.get(f) ?? 0) + f.facts.rejected;
      const doubled = made.doubled.get(f) ?? 0;
      const rows = f.facts.rows + f.facts.rejected;
      return {
        file: f.facts.name,
        rows,
        kept: rows - lost - doubled,
        rejected: lost,
        doubled,
        cellsRejected: f.cols.filter((c) => c.sql.startsWith('f.')).reduce((n, c) => n + rejectedCells(c), 0),
      };
    });
    const notes: Note[] = [...fileNotes(files, mapping), ...offers];
    for (const f of plan.files) notes.push(...(await columnNotes(engine, f, query)));
    notes.push(...doubledNotes(accounts, new Map(plan.files.map((f) => [f.facts.name, f.mapping.shape]))));
    notes.push(...contradictionNotes(made.contradictions));
    notes.push(...(await eventNotes(engine, plan, facts, made.equal, query)));
    step('done');
    await swap(engine, tables);
    const { contradictions } = made;
    return { facts, joins, notes, ...(contradictions.length ? { contradictions } : {}), accounts, ms: Math.round(performance.now() - started) };
  } catch (e) {
    await dropNew(engine);
    throw e;
  }
}

/** More than this in one statement would hold too much of it uncompressed in a tab. */
const ROWS_AT_ONCE = 2_500_000;

const PASTS = ['users', 'products'] as const;
const NEW = [...TABLES, 'user_ids', 'product_ids', 'order_ids', ...PASTS.map((t) => `${t}_past`)];

/** The new tables take the names of the old ones at once; the views of the main database follow. */
async function swap(engine: Engine, tables: DataFacts['tables']): Promise<void> {
  const pasts = PASTS.flatMap((t) => (tables[t]?.past ? [`${t}_past`] : []));
  const there = NEW.filter((t) => t.endsWith('_ids') || tables[t as TableName] || pasts.includes(t));
  const moves = [...NEW.map((t) => `DROP TABLE IF EXISTS z.${t}`), ...there.map((t) => `ALTER TABLE z.n_${t} RENAME TO ${t}`)];
  await engine.exec(`BEGIN; ${moves.join('; ')}; COMMIT`);
  for (const t of NEW) await engine.exec(there.includes(t) ? `CREATE OR REPLACE VIEW ${t} AS SELECT * FROM z.${t}` : `DROP VIEW IF EXISTS ${t}`);
  await engine.exec('CHECKPOINT z');
}

/** Takes away what an unfinished build left. */
async function dropNew(engine: Engine): Promise<void> {
  for (const t of [...NEW, 'products_2']) await engine.exec(`DROP TABLE IF EXISTS z.n_${t}`);
}
