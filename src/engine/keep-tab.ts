import type { AsyncDuckDB } from '@duckdb/duckdb-wasm';
import { DuckDBDataProtocol } from '@duckdb/duckdb-wasm';
import { tableFromIPC } from 'apache-arrow';
import { cancelled, engineError } from './engine-error.ts';
import type { KeepOptions, Kept } from './engine.ts';
import { checksums, checksumSql, compare, reachable, storeError, type Checksum } from './keep.ts';
import { keptColumns, type KeptColumns } from './keep-columns.ts';
import { openingStatements } from './open.ts';
import { concatBytes, END_OF_STREAM } from './arrow-stream.ts';
import { ident, sql } from './sql.ts';
import type { WasmEngine } from './wasm.ts';
import { startDuckDb } from './wasm-host.ts';

/** Bytes moved at once: pieces of 2,048 rows one by one take twice as long. */
const PIECE_BYTES = 8 * 2 ** 20;
const CHECK_MS = 60_000;

/** `writeDatabase` in the tab: streams the tables of one engine into a second one that writes the file, and checks it with a third. */
export async function writeInTab(source: WasmEngine, tables: readonly string[], path: string, opts: KeepOptions = {}): Promise<Kept[]> {
  await remove(path);
  let writer: AsyncDuckDB | undefined;
  try {
    const before = await checksums(source, reachable, tables, opts);
    writer = await startDuckDb(`opfs://${path}`);
    await write(source, writer, before, opts);
    await writer.reset();
    await writer.terminate();
    writer = undefined;
    // Its log may be left, though every row is in the file.
    await (await folder(path)).removeEntry(`${base(path)}.wal`).catch(() => undefined);
    compare(before, await readBack(await file(path), tables));
    return before.map(({ table, rows }) => ({ table, rows }));
  } catch (e) {
    await writer?.terminate();
    await remove(path);
    throw opts.signal?.aborted ? cancelled() : engineError(storeError(e));
  }
}

async function write(source: WasmEngine, writer: AsyncDuckDB, tables: readonly Checksum[], opts: KeepOptions): Promise<void> {
  const id = await writer.connectInternal();
  const run = (statement: string): Promise<Uint8Array> => writer.runQuery(id, statement);
  // Pieces land in memory first, so that the file holds nothing but the tables.
  for (const statement of ['SET autoload_known_extensions=false', 'SET autoinstall_known_extensions=false', "ATTACH ':memory:' AS m"])
    await run(statement);
  const of = tables.reduce((sum, t) => sum + t.rows, 0);
  let done = 0;
  for (const { table, rows } of tables) {
    const columns = keptColumns(await source.query(sql`DESCRIBE ${reachable(table)}`.text, opts));
    await run(sql`CREATE TABLE ${ident(table)} (${columns.create})`.text);
    if (rows > 0) await pour(source, table, columns, opts, async (ipc) => {
      await writer.insertArrowFromIPCStream(id, ipc, { schema: 'm', name: 'stage', create: true });
      await run(sql`INSERT INTO ${ident(table)} SELECT ${columns.restore} FROM m.stage`.text);
      await run('DROP TABLE m.stage');
    }); // prettier-ignore
    done += rows;
    opts.on?.(done, of);
  }
  await run('CHECKPOINT');
  await writer.disconnect(id);
}

/** One table as whole Arrow streams of about 8 MB. */
async function pour(
  source: WasmEngine,
  table: string,
  columns: KeptColumns,
  opts: KeepOptions,
  take: (ipc: Uint8Array) => Promise<void>,
): Promise<void> {
  let schema: Uint8Array | undefined;
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const send = async (): Promise<void> => {
    if (pieces.length === 0) return;
    const ipc = concatBytes([schema!, ...pieces, END_OF_STREAM]);
    pieces = [];
    bytes = 0;
    await take(ipc);
  };
  const statement = sql`SELECT ${columns.plain} FROM ${reachable(table)}`.text;
  const onPiece = async (piece: Uint8Array): Promise<void> => {
    if (opts.signal?.aborted) throw cancelled();
    if (schema === undefined) schema = piece;
    else {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= PIECE_BYTES) await send();
    }
  };
  await source.stream(statement, onPiece, opts);
  await send();
}

/** Checksums of the file as a new engine reads it. It is not the user's: one that hangs on a bad file is simply ended. */
async function readBack(db: File, tables: readonly string[]): Promise<Checksum[]> {
  const reader = await startDuckDb();
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the kept file did not open in time')), CHECK_MS));
  const read = async (): Promise<Checksum[]> => {
    const id = await reader.connectInternal();
    for (const statement of openingStatements(['in/'])) await reader.runQuery(id, statement);
    await reader.registerFileHandle('in/kept.db', db, DuckDBDataProtocol.BROWSER_FILEREADER, true);
    await reader.runQuery(id, "ATTACH 'in/kept.db' AS p (READ_ONLY)");
    const out: Checksum[] = [];
    for (const table of tables) {
      const row = tableFromIPC(await reader.runQuery(id, checksumSql(ident('p', table)))).get(0)!;
      out.push({ table, rows: Number(row['n']), sum: String(row['s']) });
    }
    return out;
  };
  try {
    return await Promise.race([read(), late]);
  } finally {
    await reader.terminate();
  }
}

async function folder(path: string): Promise<FileSystemDirectoryHandle> {
  let handle = await navigator.storage.getDirectory();
  for (const name of path.split('/').slice(0, -1)) handle = await handle.getDirectoryHandle(name, { create: true });
  return handle;
}
const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const file = async (path: string): Promise<File> => (await (await folder(path)).getFileHandle(base(path))).getFile();

/** The file and its log, if they are there. A worker that was just ended may hold them for a moment longer. */
async function remove(path: string): Promise<void> {
  const there = await folder(path);
  for (const name of [base(path), `${base(path)}.wal`]) {
    for (let tries = 0; tries < 20; tries++) {
      const held = await there.removeEntry(name).then(
        () => false,
        (e: unknown) => !(e instanceof DOMException && e.name === 'NotFoundError'),
      );
      if (!held) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
