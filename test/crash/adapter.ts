/** What the crash tester needs to know of an app: JavaScript that runs in its page. */
export interface CrashAdapter {
  /** True in the page once changes can be made. */
  ready: string;
  /** A function `(n) => Promise`: makes change n and resolves when the app calls it saved. */
  change: string;
  /** A promise of `{ n, warning? }`: the newest change that is there after the project was opened as a user would; it rejects if it cannot be opened. */
  read: string;
  /** A path of the origin that loads no app code. */
  blank: string;
  /** A session dies at a random moment within this many milliseconds after its first acknowledged change. */
  windowMs: number;
}

const page = (store: string): CrashAdapter => ({
  ready: 'globalThis.stores !== undefined',
  change: `(n) => stores.${store}.change(n)`,
  read: `stores.${store}.read()`,
  blank: 'robots.txt',
  windowMs: 600,
});

/** The project store of the app, in a worker as the app runs it. */
export const PROJECT_STORE = page('project');

/** A store that overwrites its one file in place: it must lose, or the tester sees nothing. */
export const BAD_STORE = page('bad');
