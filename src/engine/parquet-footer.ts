import { RecordBatchReader, Schema, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import type * as ParquetWasm from 'parquet-wasm/esm';
import { TesseraError } from '../core/errors.ts';
import { checkFooter } from './parquet-codec.ts';

/** What a file says about itself, checked; `schema` is an Arrow stream without rows, of the columns asked for. */
export interface Footer {
  rows: number;
  columns: string[];
  groups: number;
  schema: Uint8Array;
}

/** Reads and judges the footer, and picks the columns. An unknown name would end the decoder, so it is refused here. */
export function readFooter(file: ParquetWasm.ParquetFile, bytes: number, columns?: readonly string[]): Footer {
  const metadata = file.metadata();
  const groups = metadata.rowGroups();
  const rows = metadata.fileMetadata().numRows();
  const unpacked = groups.reduce((sum, g) => sum + g.totalByteSize(), 0);
  checkFooter({ rows, columns: groups[0]?.numColumns() ?? 0, unpacked }, bytes);
  const whole = file.schema().intoIPCStream();
  const names = schemaOf(whole).fields.map((f) => f.name);
  if (names.length === 0) throw new TesseraError('FILE_EMPTY', 'This Parquet file has no columns.', { next: 'Drop another file.' });
  if (!columns) return { rows, columns: names, groups: groups.length, schema: whole };
  const unknown = columns.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`no column ${unknown} in the Parquet file`);
  const kept = names.filter((name) => columns.includes(name));
  return { rows, columns: kept, groups: groups.length, schema: tableToIPC(new Table(pick(schemaOf(whole), kept)), 'stream') };
}

export function schemaOf(ipc: Uint8Array): Schema {
  const reader = RecordBatchReader.from(ipc);
  reader.open();
  return reader.schema;
}
const pick = (schema: Schema, names: readonly string[]): Schema =>
  new Schema(
    schema.fields.filter((f) => names.includes(f.name)),
    schema.metadata,
  );

/** Some columns of an Arrow stream. */
export const pickStream = (ipc: Uint8Array, names: string[]): Uint8Array => tableToIPC(tableFromIPC(ipc).select(names), 'stream');

/** An Arrow stream as Parquet. zstd. */
export function encode(parquet: typeof ParquetWasm, ipc: Uint8Array): Uint8Array {
  const properties = new parquet.WriterPropertiesBuilder().setCompression(parquet.Compression.ZSTD).setCreatedBy('Tessera').build();
  return parquet.writeParquet(parquet.Table.fromIPCStream(ipc), properties);
}
