import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../driver/browser.ts';
import type { Session } from '../driver/session.ts';
import { outcome, sleep } from '../driver/time.ts';
import type { CrashAdapter } from './adapter.ts';
import { DAMAGES, harm } from './damage.ts';
import { DEATHS } from './deaths.ts';

export type Verdict = 'kept' | 'LOST' | 'UNREADABLE';
export type Kind = 'kill' | 'quota' | 'damage' | 'tabs';

export interface CrashPoint {
  kind: Kind;
  how: string;
  /** The last change that the app called saved, and the one found afterwards (-1: nothing could be read). */
  acknowledged: number;
  found: number;
  /** What the app said where it fell back, or why it could not read. */
  said: string;
  verdict: Verdict;
}

export interface CrashOptions {
  rounds?: number;
  seed?: number;
  only?: Kind;
  log?: (line: string) => void;
}

const QUOTA_BYTES = 1024;

class CrashRun {
  readonly points: CrashPoint[] = [];
  readonly #url: string;
  readonly #app: CrashAdapter;
  readonly #rounds: number;
  readonly #log: (line: string) => void;
  readonly #profile = mkdtempSync(join(tmpdir(), 'tessera-crash-'));
  #browser!: Browser;
  #page!: Session;
  #seed: number;
  /** The last change known to be there. */
  #n = 0;

  constructor(url: string, app: CrashAdapter, { rounds = 6, seed = 1, log = () => {} }: CrashOptions) {
    this.#url = url;
    this.#app = app;
    this.#rounds = rounds;
    this.#seed = seed >>> 0;
    this.#log = log;
  }

  async run(only?: Kind): Promise<void> {
    await this.#open();
    this.#n = (await this.#read()).found;
    const parts: Record<Kind, () => Promise<void>> = {
      kill: () => this.#kills(),
      quota: () => this.#quota(),
      damage: () => this.#damages(),
      tabs: () => this.#tabs(),
    };
    try {
      for (const kind of Object.keys(parts) as Kind[]) if (!only || only === kind) await parts[kind]();
    } finally {
      await this.#browser.close().catch(() => {});
      rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  #random(): number {
    this.#seed = (this.#seed * 1664525 + 1013904223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  async #open(path = ''): Promise<void> {
    this.#browser = await Browser.launch({ profile: this.#profile });
    this.#page = await this.#browser.newPage(new URL(path, this.#url).href);
    if (path === '') await this.#page.until(this.#app.ready);
  }

  async #reopen(path = ''): Promise<void> {
    await this.#browser.close();
    await this.#open(path);
  }

  async #read(): Promise<{ found: number; said: string; readable: boolean }> {
    const { value, error } = await outcome(this.#page.eval(this.#app.read, { ms: 60_000 }));
    if (error !== undefined) return { found: -1, said: error, readable: false };
    const { n, warning } = value as { n: number; warning?: string | null };
    return { found: n, said: warning ?? '', readable: true };
  }

  #change(n: number, page = this.#page): Promise<unknown> {
    return page.eval(`(${this.#app.change})(${n})`, { ms: 30_000 });
  }

  async #note(kind: Kind, how: string, acknowledged: number): Promise<CrashPoint> {
    const { found, said, readable } = await this.#read();
    const verdict: Verdict = !readable ? 'UNREADABLE' : found < acknowledged ? 'LOST' : 'kept';
    const point: CrashPoint = { kind, how, acknowledged, found, said, verdict };
    this.points.push(point);
    this.#log(`${verdict.padEnd(10)} ${kind} ${how}: acknowledged ${acknowledged}, found ${found}${said ? ` (${said})` : ''}`);
    return point;
  }

  /** Changes without pause until the session dies at a random moment. */
  async #kills(): Promise<void> {
    for (const [how, die] of Object.entries(DEATHS)) {
      for (let round = 0; round < this.#rounds; round++) {
        const before = this.#n;
        let acknowledged = before;
        this.#page.on('Runtime.bindingCalled', ({ name, payload }: { name: string; payload: string }) => {
          if (name === 'acknowledge') acknowledged = Math.max(acknowledged, Number(payload));
        });
        await this.#page.send('Runtime.addBinding', { name: 'acknowledge' });
        const loop = `(async () => { for (let n = ${before + 1}; ; n++) { await (${this.#app.change})(n); acknowledge(String(n)); } })()`;
        this.#page.eval(loop, { ms: 120_000 }).catch(() => {}); // it ends with the session
        for (let i = 0; acknowledged === before && i < 400; i++) await sleep(25);
        await sleep(this.#random() * this.#app.windowMs);
        const told = acknowledged;
        await die(this.#browser, this.#page);
        await this.#open();
        const { found } = await this.#note('kill', how, told);
        this.#n = Math.max(found, told);
        if (found < told) await this.#change(++this.#n).catch(() => {}); // on with a whole project
      }
    }
  }

  /** The disk is full: a refusal must be an error, lose nothing saved before, and pass when there is room again. */
  async #quota(): Promise<void> {
    const { origin } = new URL(this.#url);
    await this.#page.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA_BYTES });
    let refused = '';
    let acknowledged = this.#n;
    for (let i = 1; i <= 3 && refused === ''; i++) {
      const { error } = await outcome(this.#change(this.#n + i));
      if (error === undefined) acknowledged = this.#n + i;
      else refused = error;
    }
    await this.#note('quota', refused ? `refused: ${refused}` : 'accepted', acknowledged);
    await this.#page.send('Storage.overrideQuotaForOrigin', { origin });
    await this.#reopen();
    const { found } = await this.#note('quota', 'after a restart', acknowledged);
    this.#n = Math.max(this.#n, found, acknowledged) + 1;
    const { error } = await outcome(this.#change(this.#n));
    if (error !== undefined) this.#log(error);
    await this.#note('quota', 'saves again', this.#n);
  }

  /** One file is harmed between sessions. One change back is what a torn last write may cost; an unreadable project is not allowed. */
  async #damages(): Promise<void> {
    for (const how of DAMAGES) {
      for (let round = 0; round < this.#rounds; round++) {
        for (let i = 0; i < 3; i++) await this.#change(++this.#n);
        await this.#reopen(this.#app.blank);
        const file = String(await this.#page.eval(harm(Math.floor(this.#random() * 1e6), how, Number(this.#random().toFixed(3)))));
        await this.#reopen();
        const { found, verdict } = await this.#note('damage', `${how} ${file}`, this.#n - 1);
        this.#n = Math.max(this.#n, found);
        if (verdict !== 'kept') break; // the project is beyond repair: the next kind of damage tells no more
      }
    }
  }

  /** A second tab writes too: whatever either was told to be saved must be there. */
  async #tabs(): Promise<void> {
    const other = await this.#browser.newPage(this.#url);
    await other.until(this.#app.ready);
    const refused: string[] = [];
    for (const page of [this.#page, other, this.#page]) {
      const { error } = await outcome(this.#change(this.#n + 1, page));
      if (error === undefined) this.#n++;
      else refused.push(error);
    }
    await this.#reopen();
    await this.#note('tabs', refused.length ? `second writer refused: ${refused.join('; ')}` : 'both wrote', this.#n);
  }
}

/** Ends sessions of the app at `url` in six ways, fills its quota, harms its files and opens a second writer; says what was kept. */
export async function runCrash(url: string, app: CrashAdapter, options: CrashOptions = {}): Promise<CrashPoint[]> {
  const run = new CrashRun(url, app, options);
  await run.run(options.only);
  return run.points;
}
