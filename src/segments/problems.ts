import { TesseraError, type ErrorCode } from '../core/errors.ts';

/** Collects the mistakes of a rule with the path of the node that has them. */
export class Problems {
  readonly list: TesseraError[] = [];

  add(code: ErrorCode, path: string, message: string, next: string, tag?: string): void {
    this.list.push(new TesseraError(code, message, { next, where: { rulePath: path, ...(tag === undefined ? {} : { tag }) } }));
  }

  /** A malformed node: the JSON does not say a rule. */
  invalid(path: string, message: string): void {
    this.add('RULE_INVALID', path, message, 'Change or remove this line.');
  }
}

export const at = (path: string, ...keys: (string | number)[]): string => [path, ...keys].filter((k) => k !== '').join('.');
export const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
export const isWhole = (x: unknown, least: number): x is number => Number.isSafeInteger(x) && (x as number) >= least;
