import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { FilePlan } from './plan.ts';
import { col } from './plan.ts';
import { idSql } from './raw.ts';

/** Rows of event files that are left out as doubled: SQL condition that keeps the others, and how many go. */
export interface Doubled {
  keep: Map<FilePlan, string>;
  count: Map<FilePlan, number>;
}

const one = async (engine: Engine, sql: string, opts?: QueryOptions): Promise<number[]> =>
  (await engine.query(sql, opts)).columns.map((c) => Number((c as ArrayLike<Value>)[0] ?? 0));

/**
 * Same event_id = one event, the first by (file, row), over all files; and, where the file's option says so, rows equal in every cell go but for the
 * first (definitions, section 1: duplicates). Makes temp.doubled(src, line).
 */
export async function findDoubled(engine: Engine, files: readonly FilePlan[], opts?: QueryOptions): Promise<Doubled> {
  await engine.exec('CREATE OR REPLACE TEMP TABLE doubled (src UTINYINT, line UINTEGER)', opts);
  await byEventId(engine, files, opts);
  for (const f of files.filter((x) => x.mapping.options.dropDuplicates)) {
    const cells = f.facts.columns.map((c) => `c${c.index}`).join(', ');
    await engine.exec(
      `INSERT INTO doubled SELECT ${f.src}, line FROM ${f.table} QUALIFY row_number() OVER (PARTITION BY ${cells} ORDER BY line) > 1`,
      opts,
    );
  }
  const out: Doubled = { keep: new Map(), count: new Map() };
  for (const f of files) {
    const [n] = await one(engine, `SELECT count(DISTINCT line) FROM temp.doubled WHERE src = ${f.src}`, opts);
    if (n! > 0) out.keep.set(f, `f.line NOT IN (SELECT line FROM temp.doubled WHERE src = ${f.src})`);
    out.count.set(f, n!);
  }
  return out;
}

async function byEventId(engine: Engine, files: readonly FilePlan[], opts?: QueryOptions): Promise<void> {
  const named = files.filter((f) => col(f, 'event_id'));
  const alone = named.length === 1 && col(named[0]!, 'event_id')!.facts.distinct === col(named[0]!, 'event_id')!.facts.known;
  if (named.length === 0 || alone) return;
  const all = named.map((f) => `SELECT ${idSql(col(f, 'event_id')!)} AS id, ${f.src} AS src, line FROM ${f.table} f`).join(' UNION ALL ');
  await engine.exec(
    `INSERT INTO doubled SELECT a.src, a.line FROM (${all}) a JOIN (SELECT id, min((src, line)) AS first FROM (${all}) WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1) b ON a.id = b.id AND (a.src, a.line) <> b.first`,
    opts,
  );
}

/** Rows so many at a time: bounds the memory of counting. */
const PART = 4_000_000;

/**
 * Rows of a file of events that equal an earlier one in every cell. Only rows whose events are equal can be; so events are compared first, by hash
 * and in parts, and of the cells only theirs.
 */
export async function countEqualRows(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<number> {
  const key = 'hash(u, p, utc, event, amount, quantity, ord)';
  const parts = Math.max(1, Math.ceil(file.facts.rows / PART));
  const cells = file.facts.columns.map((c) => `c${c.index}`).join(', ');
  let n = 0;
  for (let i = 0; i < parts; i++) {
    const rows = `SELECT line, ${key} AS h FROM z.n_events WHERE src = ${file.src}${parts > 1 ? ` AND ${key} % ${parts} = ${i}` : ''}`;
    const lines = `WITH r AS (${rows}) SELECT line FROM r WHERE h IN (SELECT h FROM r GROUP BY h HAVING count(*) > 1)`;
    const [k] = await one(
      engine,
      `SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM ${file.table} WHERE line IN (${lines}) GROUP BY ${cells})`,
      opts,
    );
    n += k!;
  }
  return n;
}
