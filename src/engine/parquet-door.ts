import * as Comlink from 'comlink';
import init, * as parquet from 'parquet-wasm/esm';
import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { TesseraError } from '../core/errors.ts';
import { BATCH_ROWS, decodedBudget, decodeError, type ParquetInfo } from './parquet-codec.ts';
import { encode, readFooter } from './parquet-footer.ts';

let ready: Promise<unknown> | undefined;
const start = (): Promise<unknown> => (ready ??= init({ module_or_path: new URL(wasmUrl, import.meta.url) }));

// At once: a worker that waits for its file is ready when that comes. What fails here is told by whoever asks.
start().catch(() => undefined);

/** What the Parquet worker answers over Comlink. It reads from the file as it goes and is ended by `parquet-tab.ts` after one answer. */
export class ParquetDoor {
  /** `onBatch` answers whether to go on. */
  async read(file: Blob, columns: string[] | null, onBatch: (ipc: Uint8Array, rows: number) => Promise<boolean>): Promise<ParquetInfo> {
    try {
      await start();
      const opened = await parquet.ParquetFile.fromFile(file);
      const footer = readFooter(opened, file.size, columns ?? undefined);
      const info: ParquetInfo = { rows: footer.rows, columns: footer.columns };
      const send = (ipc: Uint8Array, rows: number): Promise<boolean> => onBatch(Comlink.transfer(ipc, [ipc.buffer as ArrayBuffer]), rows);
      if (!(await send(footer.schema, 0))) return info;
      const count = decodedBudget();
      for (let group = 0; group < footer.groups; group++) {
        const stream = await opened.stream({ rowGroups: [group], batchSize: BATCH_ROWS, ...(columns ? { columns: footer.columns } : {}) });
        const reader = (stream as ReadableStream<parquet.RecordBatch>).getReader();
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          count(next.value.getArrayMemorySize());
          const rows = next.value.numRows;
          if (!(await send(next.value.intoIPCStream(), rows))) return info;
        }
      }
      return info;
    } catch (e) {
      throw e instanceof TesseraError ? e : decodeError(e);
    }
  }

  async write(ipc: Uint8Array): Promise<Uint8Array> {
    await start();
    const bytes = encode(parquet, ipc);
    return Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]);
  }
}
