import * as Comlink from 'comlink';
import { installErrorTransfer } from '../src/engine/comlink-errors.ts';
import { ParquetDoor } from '../src/engine/parquet-door.ts';

/** The Parquet worker: decodes or encodes one file and is ended by whoever started it. */
installErrorTransfer();
// The decoder fails in a place that no promise covers; an error event is what the starter listens for.
self.addEventListener('unhandledrejection', (e) => {
  e.preventDefault();
  reportError(e.reason);
});
Comlink.expose(new ParquetDoor());
