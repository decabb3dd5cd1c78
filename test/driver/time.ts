export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Rejects with the name of what was waited for when `ms` have passed. */
export function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`timeout: ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Value or first line of the error, never a rejection. */
export const outcome = <T>(promise: Promise<T>): Promise<{ value: T; error?: undefined } | { value?: undefined; error: string }> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: String(error instanceof Error ? error.message : error).split('\n')[0] ?? '' }),
  );
