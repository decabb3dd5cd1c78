import { TesseraError } from '../core/errors.ts';

/** Engine messages quote whole lines of the user's file: they are cut and kept out of anything saved. */
const MESSAGE_LIMIT = 300;
const OUT_OF_MEMORY = /out of memory|malloc of size|could not allocate|failed to allocate|bad_alloc|array buffer allocation failed/i;
const CANCELLED = /interrupted|query was canceled|INTERRUPT Error/i;

export const cancelled = (): TesseraError => new TesseraError('CANCELLED', 'Stopped.');

export const restarted = (cause?: unknown): TesseraError =>
  new TesseraError('ENGINE_RESTARTED', 'The engine had to be restarted.', {
    next: 'The data is being attached again; repeat the last step if it does not continue by itself.',
    cause,
  });

/** True for a WebAssembly trap: the instance's state is unknown and it must be replaced. */
export const isTrap = (e: unknown): boolean =>
  e instanceof Error &&
  (e.name === 'RuntimeError' || /memory access out of bounds|table index is out of bounds|RuntimeError:|unreachable executed/.test(e.message));

/** DuckDB refuses every statement after one of its own faults, until it is started again. */
const INVALID = /database has been invalidated|^(FATAL|INTERNAL) Error/;
const messageOf = (e: unknown): string => plain(e instanceof Error ? e.message : String(e));
/** True where the engine will answer nothing more: it must be replaced. */
export const isOver = (e: unknown): boolean => isTrap(e) || INVALID.test(messageOf(e));

/** Whatever a driver threw, as the one error that crosses rooms. The engine's own text is cut to 300 characters, in `cause`. */
export function engineError(e: unknown): TesseraError {
  if (e instanceof TesseraError) return e;
  const text = messageOf(e);
  const cut = new Error(text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT - 1)}…` : text);
  if (e instanceof DOMException && e.name === 'AbortError') return cancelled();
  if (isOver(e)) return restarted(cut);
  if (OUT_OF_MEMORY.test(text)) {
    return new TesseraError('ENGINE_OUT_OF_MEMORY', 'This needs more memory than a browser tab can have.', {
      next: 'Load fewer columns or a shorter period, remove a file that is not needed, or use the command line, which has no such limit.',
      cause: cut,
    });
  }
  if (CANCELLED.test(text) && text.length < 200) return cancelled();
  return new TesseraError('ENGINE_SQL', 'The engine could not run a statement.', {
    next: 'Undo the last change; if it stays, report the statement shown.',
    cause: cut,
  });
}

/** Arrow inserts answer with JSON instead of a sentence. */
function plain(text: string): string {
  const message = /"exception_message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return message === undefined ? text : (JSON.parse(`"${message}"`) as string);
}
