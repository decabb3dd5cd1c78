import { TesseraError } from '../core/errors.ts';
import type { FileFacts } from '../core/files.ts';
import { rows } from '../core/frame.ts';
import type { TagInfo } from '../core/tag.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { writeParquet } from '../engine/parquet.ts';
import { ident, literal } from '../engine/sql.ts';
import { profileRowsSql } from '../profiles/export.ts';
import { profileOf } from '../profiles/since.ts';
import type { RuleContext } from '../segments/context.ts';
import { membersSql } from '../segments/sql.ts';
import { analyse, tableOf, tableSql } from './analyses.ts';
import type { Exported, ExportRequest } from './studio-api.ts';

/**
 * Any export as a file. A segment below the smallest group is refused (TOO_FEW). With `guard`, text cells that a spreadsheet would run
 * as a formula get a leading apostrophe; numbers never do.
 */
export async function exportRows(engine: Engine, request: ExportRequest, ctx: RuleContext, opts: QueryOptions): Promise<Exported> {
  const { sql, name: stem } = await selectOf(engine, request, ctx, opts);
  return written(engine, sql, stem, request, opts);
}

/** The rows of a file that did not fit, with their lines and reasons, as a CSV file. */
export const exportRejected = (engine: Engine, file: FileFacts, opts: QueryOptions): Promise<Exported> =>
  written(
    engine,
    `SELECT line, reason, text FROM z.${name(`r_${file.id}`)} ORDER BY line`,
    `rejected-${slug(file.name)}`,
    { format: 'csv', guard: true },
    opts,
  );

interface Form {
  format: 'csv' | 'parquet';
  guard: boolean;
}

async function written(engine: Engine, sql: string, stem: string, form: Form, opts: QueryOptions): Promise<Exported> {
  const described = rows<{ column_name: string; column_type: string }>(await engine.query(`DESCRIBE ${sql}`));
  const columns = described.map((c) => cellOf(c.column_name, c.column_type, form));
  const select = `SELECT ${columns.join(', ')} FROM (${sql})`;
  const counted = rows<{ n: number }>(await engine.query(`SELECT count(*) AS n FROM (${sql})`, opts))[0]!.n;
  if (form.format === 'parquet') return { name: `${stem}.parquet`, rows: counted, bytes: await writeParquet(engine, select) };
  const out = 'out/export.csv';
  await engine.exec(`COPY (${select}) TO ${literal(out)} (FORMAT csv, HEADER true)`, opts);
  return { name: `${stem}.csv`, rows: counted, bytes: await engine.take(out) };
}

/** A column as it is written. In CSV a list is one cell of its values between semicolons, and text that a spreadsheet would run is made harmless if asked. */
function cellOf(column: string, type: string, { format, guard }: Form): string {
  const c = name(column);
  if (format !== 'csv') return c;
  const list = type.endsWith('[]');
  if (!list && !/^(VARCHAR|ENUM)/.test(type)) return c;
  const text = list ? `array_to_string(CAST(${c} AS VARCHAR[]), ';')` : `CAST(${c} AS VARCHAR)`;
  return `${guard ? guarded(text) : text} AS ${c}`;
}

/** Text that starts like a formula gets an apostrophe before it (privacy-and-survival, "Exports and crafted input"; `core/formula-guard.ts` says the same in TypeScript). */
const guarded = (text: string): string => `regexp_replace(${text}, '^([=+\\-@\\t\\r])', '''\\1')`;

async function selectOf(engine: Engine, request: ExportRequest, ctx: RuleContext, opts: QueryOptions): Promise<{ sql: string; name: string }> {
  switch (request.what) {
    case 'tags': {
      const key = request.entity === 'user' ? 'user_id' : 'product_id';
      return {
        sql: `SELECT ${[name(key), ...own(ctx.tags, request.entity)].join(', ')} FROM ${request.entity}_tags ORDER BY ${name(key)}`,
        name: `${request.entity}-tags`,
      };
    }
    case 'members': {
      const entity = ('entity' in request.segment && request.segment.entity) || 'user';
      const key = entity === 'user' ? 'u' : 'p';
      const members = membersSql(request.segment, ctx);
      const n = rows<{ n: number }>(await engine.query(`SELECT count(*) AS n FROM (${members})`, opts))[0]!.n;
      if (n > 0 && n < ctx.basis.k) {
        throw new TesseraError('TOO_FEW', `This segment has fewer than ${ctx.basis.k} members, so it is not exported.`, {
          next: 'Widen the rule, or lower the smallest group in the basis bar.',
        });
      }
      const columns = [`${entity}_id`, ...request.tags].map(name).join(', ');
      return {
        sql: `SELECT ${columns} FROM ${entity}_tags WHERE ${key} IN (${members}) ORDER BY ${key}`,
        name: slug('name' in request.segment ? request.segment.name : 'segment'),
      };
    }
    case 'profile': {
      const answer = await profileOf(engine, request.request, ctx, opts);
      return { sql: profileRowsSql(answer, ctx), name: `profile-${slug(request.request.segment?.name ?? 'everyone')}` };
    }
    case 'analysis': {
      const table = tableOf(await analyse(engine, request.request, ctx, opts), request.table);
      return { sql: tableSql(table), name: `${request.request.id}-${table.id}` };
    }
  }
}

const name = (id: string): string => ident(id).text;
const own = (tags: TagInfo[], entity: string): string[] => tags.filter((t) => t.entity === entity).map((t) => name(t.id));
const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'export';
