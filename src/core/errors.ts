/** Where something went wrong: any part may be missing. Lines are 1-based lines of the dropped file. */
export interface Where {
  file?: string;
  line?: number;
  column?: string;
  tag?: string;
  rulePath?: string;
}

export type ErrorCode =
  | 'FILE_EMPTY'
  | 'FILE_HEADER_ONLY'
  | 'FILE_BINARY'
  | 'FILE_ENCRYPTED'
  | 'FILE_TRUNCATED'
  | 'FILE_UNSUPPORTED'
  | 'FILE_TWICE'
  | 'FILE_TOO_WIDE'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE'
  | 'MAP_NO_USER'
  | 'MAP_INVALID'
  | 'RULE_INVALID'
  | 'RULE_CYCLE'
  | 'RULE_UNKNOWN_TAG'
  | 'RULE_UNKNOWN_EVENT'
  | 'RULE_UNKNOWN_COLUMN'
  | 'RULE_UNKNOWN_SEGMENT'
  | 'RULE_TYPE'
  | 'RULE_EMPTY_LIST'
  | 'TOO_FEW'
  | 'NEEDS_MISSING'
  | 'PARAM_INVALID'
  | 'ENGINE_OUT_OF_MEMORY'
  | 'ENGINE_RESTARTED'
  | 'ENGINE_SQL'
  | 'CANCELLED'
  | 'STORE_FULL'
  | 'STORE_DAMAGED'
  | 'STORE_LOCKED'
  | 'STORE_UNAVAILABLE'
  | 'PROJECT_INVALID'
  | 'LINK_INVALID'
  | 'USAGE'
  | 'INTERNAL';

/**
 * The only error that crosses a room. `message` is one sentence for people; `next` says what to do about it.
 * The app shows exactly these two and `where`; the command line prints them and exits 2.
 */
export class TesseraError extends Error {
  readonly code: ErrorCode;
  readonly next: string;
  readonly where: Where;
  constructor(code: ErrorCode, message: string, opts: { next?: string; where?: Where; cause?: unknown } = {}) {
    super(message, opts.cause === undefined ? undefined : { cause: opts.cause });
    this.name = 'TesseraError';
    this.code = code;
    this.next = opts.next ?? '';
    this.where = opts.where ?? {};
  }
}

/** True for a cancellation, ours or the platform's. */
export const isCancelled = (e: unknown): boolean =>
  (e instanceof TesseraError && e.code === 'CANCELLED') || (e instanceof DOMException && e.name === 'AbortError');
