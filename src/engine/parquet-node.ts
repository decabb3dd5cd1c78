import { openAsBlob } from 'node:fs';
import { createRequire } from 'node:module';
import type * as ParquetWasm from 'parquet-wasm/esm';
import { TesseraError } from '../core/errors.ts';
import type { Source } from './source.ts';
import { cancelled, isTrap } from './engine-error.ts';
import {
  BATCH_ROWS,
  checkMagic,
  decodedBudget,
  tooLarge,
  decodeError,
  plainTypes,
  type ParquetCodec,
  type ParquetInfo,
  type ParquetReadOptions,
} from './parquet-codec.ts';
import { encode, pickStream, readFooter } from './parquet-footer.ts';

const require = createRequire(import.meta.url);
const load = (): typeof ParquetWasm => require('parquet-wasm/node') as typeof ParquetWasm;

/**
 * Parquet for DuckDB-WASM in Node. The whole file is in memory and each row group is decoded by the synchronous reader: a trap in the
 * asynchronous one cannot be caught and would end the process.
 */
export const nodeParquet: ParquetCodec = {
  async read(source: Source, options: ParquetReadOptions): Promise<ParquetInfo> {
    const given = source instanceof Blob ? source : source instanceof Uint8Array ? new Blob([source as BlobPart]) : await openAsBlob(source.path);
    await checkMagic(given);
    const blob = await plainTypes(given);
    return guarded(async () => {
      const parquet = load();
      const footer = readFooter(await parquet.ParquetFile.fromFile(blob), blob.size, options.columns);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const count = decodedBudget();
      await options.onBatch(footer.schema, 0);
      for (let group = 0; group < footer.groups; group++) {
        const table = parquet.readParquet(bytes, { rowGroups: [group], batchSize: BATCH_ROWS });
        count(table.getArrayMemorySize());
        for (const batch of table.recordBatches()) {
          if (options.signal?.aborted) throw cancelled();
          const rows = batch.numRows;
          const ipc = batch.intoIPCStream();
          await options.onBatch(options.columns ? pickStream(ipc, footer.columns) : ipc, rows);
        }
        table.free();
      }
      return { rows: footer.rows, columns: footer.columns };
    });
  },
  write: (ipc) => guarded(async () => encode(load(), ipc)),
};

/** Decoder errors as ours. After a trap the module is in an unknown state: the next call gets a new one. */
async function guarded<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (e) {
    if (e instanceof TesseraError) throw e;
    if (isTrap(e)) {
      delete require.cache[require.resolve('parquet-wasm/node')];
      throw tooLarge('its decoder gave up', e);
    }
    throw decodeError(e);
  }
}
