import { transferHandlers } from 'comlink';
import { TesseraError, type ErrorCode, type Where } from '../core/errors.ts';

/** An error as plain data. `kind` says which class it is rebuilt as. */
interface FlatError {
  kind: 'tessera' | 'dom' | 'error' | 'value';
  name: string;
  message: string;
  stack?: string;
  code?: string;
  next?: string;
  where?: Where;
  cause?: FlatError;
  /** What was thrown, where it was no error. */
  value?: unknown;
}
const MAX_DEPTH = 5;
const BUILTIN = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as const;

/** An error with its causes (five deep) as data that can be cloned. */
export function flatten(e: unknown, depth = MAX_DEPTH): FlatError {
  if (!(e instanceof Error) && !(typeof DOMException !== 'undefined' && e instanceof DOMException)) {
    return { kind: 'value', name: '', message: String(e), value: cloneable(e) };
  }
  const flat: FlatError = { kind: 'error', name: e.name, message: e.message };
  if (e.stack !== undefined) flat.stack = e.stack;
  if (e instanceof TesseraError) Object.assign(flat, { kind: 'tessera', code: e.code, next: e.next, where: { ...e.where } });
  else if (typeof DOMException !== 'undefined' && e instanceof DOMException) flat.kind = 'dom';
  if (e.cause !== undefined && depth > 1) flat.cause = flatten(e.cause, depth - 1);
  return flat;
}

const cloneable = (value: unknown): unknown =>
  typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? String(value) : value;

/** What `flatten` made, as an error of the same class again. A class that this side does not know becomes an Error with its name. */
export function rebuild(flat: FlatError): unknown {
  if (flat.kind === 'value') return flat.value;
  const cause = flat.cause === undefined ? undefined : rebuild(flat.cause);
  const options = cause === undefined ? {} : { cause };
  if (flat.kind === 'dom') return new DOMException(flat.message, flat.name);
  if (flat.kind === 'tessera') {
    const e = new TesseraError(flat.code as ErrorCode, flat.message, { next: flat.next ?? '', where: flat.where ?? {}, ...options });
    return withStack(e, flat.stack);
  }
  const Class = Object.hasOwn(BUILTIN, flat.name) ? BUILTIN[flat.name as keyof typeof BUILTIN] : Error;
  const e = new Class(flat.message, options);
  if (e.name !== flat.name) e.name = flat.name;
  return withStack(e, flat.stack);
}

function withStack(e: Error, stack: string | undefined): Error {
  if (stack !== undefined) e.stack = stack;
  return e;
}

let installed = false;

/**
 * Comlink's own handler keeps message, name and stack of an error and loses its class, code, place and cause. Call this once on each
 * side of every Comlink boundary: page, workers, tests.
 */
export function installErrorTransfer(): void {
  if (installed) return;
  installed = true;
  const old = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    canHandle: old.canHandle,
    serialize: (thrown: unknown): [FlatError, Transferable[]] => [flatten((thrown as { value: unknown }).value), []],
    deserialize: (flat: unknown): never => {
      throw rebuild(flat as FlatError);
    },
  });
}
