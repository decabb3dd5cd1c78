/** End-of-stream mark of an Arrow IPC stream. Without it DuckDB-WASM makes no table and says nothing. */
export const END_OF_STREAM = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** Pieces one after the other in one array. */
export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/**
 * Where an Arrow insert goes: 'name' or 'database.name', neither quoted. Refuses bytes that are no complete stream: the engine takes an
 * Arrow *file* without a word and makes no table, and a stream without its end likewise.
 */
export function insertTarget(table: string, ipc: Uint8Array): { name: string; schema?: string } {
  const whole = ipc.length >= 16 && ipc[0] === 255 && END_OF_STREAM.every((b, i) => ipc[ipc.length - END_OF_STREAM.length + i] === b);
  if (!whole) throw new Error('not a whole Arrow stream: schema, batches and end are needed');
  const dot = table.indexOf('.');
  // The client's word for it is schema; DuckDB resolves it as a database too.
  return dot < 0 ? { name: table } : { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}
