import type { Value } from '../core/frame.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { EventContext } from './events.ts';
import type { FilePlan } from './plan.ts';
import { textSql } from './raw.ts';
import { cellSign } from './shape-facts.ts';

/** SQL: rows (k, line, cell) of a file of baskets, distinct products per row; blank rows drop (definitions, section 2: shape 7). */
export async function basketCells(engine: Engine, file: FilePlan, opts?: QueryOptions): Promise<string> {
  const from = `(SELECT *, row_number() OVER () AS k FROM ${file.table}) f`;
  const [, ...rest] = file.cols;
  const flags = rest.length >= 3 && rest.every((c) => c.facts.distinct <= 2 && c.facts.samples.every((v) => /^(0|1|t|f|true|false)$/i.test(v)));
  const sign = file.cols.length <= 2 ? await cellSign(engine, file.table, file.cols.at(-1)!, opts) : null;
  let cells: string;
  if (flags) {
    cells = `[${rest.map((c) => `CASE WHEN lower(${textSql(c)}) IN ('1', 't', 'true') THEN ${literal(c.facts.name).text} END`).join(', ')}]`;
  } else if (sign) {
    cells = `string_split(${textSql(file.cols.at(-1)!)}, ${literal(sign).text})`;
  } else {
    cells = `[${file.cols.map((c) => textSql(c)).join(', ')}]`;
  }
  return `SELECT DISTINCT k, line, nfc_normalize(nullif(trim(cell), '')) AS cell FROM (SELECT f.k, f.line, unnest(${cells}) AS cell FROM ${from}) WHERE nullif(trim(cell), '') IS NOT NULL`;
}

/** Appends a file of baskets: each distinct cell of a row is one product bought once, without user and time. */
export async function insertBaskets(engine: Engine, file: FilePlan, c: EventContext): Promise<void> {
  const cells = await basketCells(engine, file, c.opts);
  await engine.exec(
    `INSERT INTO z.n_events BY NAME SELECT CAST(${c.next.row} + row_number() OVER (ORDER BY line, p) - 1 AS UINTEGER) AS row, ${file.src} AS src, line, p, 'purchase' AS event, 1 AS quantity, ` +
      `CAST(${c.next.ord} + dense_rank() OVER (ORDER BY line) - 1 AS UINTEGER) AS ord FROM (SELECT line, p FROM (${cells}) JOIN ${c.ids.product.table} ON product_id = cell) ORDER BY line, p`,
    c.opts,
  );
  const frame = await engine.query('SELECT coalesce(max(row) + 1, 0), coalesce(max(ord) + 1, 0) FROM z.n_events', c.opts);
  const [row, ord] = frame.columns.map((x) => Number((x as ArrayLike<Value>)[0]));
  c.next = { row: row!, ord: Math.max(ord!, c.next.ord) };
}
