/**
 * A small driver of Chromium over its debugging pipe. Beside Playwright because the testers need what it does not give: every worker
 * attached, nested ones and service workers too, code evaluated under the page's own policy, and processes that may be killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium, QUIET_FLAGS } from '../../scripts/chromium.ts';
import { Session, type Answer, type Params, type TargetInfo } from './session.ts';
import { sleep, within } from './time.ts';

export interface LaunchOptions {
  args?: string[];
  /** A folder to keep between launches; by default one that is removed at the end. */
  profile?: string;
  /** Where to write the browser's own log of its network. */
  netlog?: string;
}

interface Message extends Params {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: Params;
  result?: Answer;
  error?: { message: string };
}

interface Pending {
  method: string;
  done(answer: Answer): void;
  failed(error: Error): void;
}

// Service workers are attached by hand: one attached as "wait for the debugger" would wait again at each restart and hang every page.
const ATTACH = {
  autoAttach: true,
  waitForDebuggerOnStart: true,
  flatten: true,
  filter: [{ type: 'service_worker', exclude: true }, { type: 'browser', exclude: true }, { type: 'tab', exclude: true }, {}],
};

export class Browser extends EventEmitter {
  readonly process: ChildProcess;
  readonly sessions = new Map<string, Session>();
  readonly #profile: string;
  readonly #keep: boolean;
  readonly #exited: Promise<unknown>;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  private constructor({ args = [], profile, netlog }: LaunchOptions) {
    super();
    this.setMaxListeners(0);
    const chromium = findChromium();
    if (!chromium) throw new Error('No Chromium found: set CHROMIUM to the path of one.');
    this.#keep = profile !== undefined;
    this.#profile = profile ?? mkdtempSync(join(tmpdir(), 'tessera-browser-'));
    const log = netlog ? [`--log-net-log=${netlog}`, '--net-log-capture-mode=Everything'] : [];
    const all = ['--headless', ...QUIET_FLAGS, '--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, ...log, ...args, 'about:blank'];
    this.process = spawn(chromium, all, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#exited = new Promise((done) => this.process.on('exit', done));
    void this.#exited.then(() => {
      for (const { failed, method } of this.#pending.values()) failed(new Error(`${method}: the browser has ended`));
      this.#pending.clear();
    });
    this.#pipe(3).on('error', () => {});
    const answers = this.#pipe(4) as unknown as Readable;
    let text = '';
    answers.on('error', () => {}).setEncoding('utf8');
    answers.on('data', (part: string) => {
      const whole = (text + part).split('\0');
      text = whole.pop() ?? '';
      for (const message of whole) this.#receive(JSON.parse(message) as Message);
    });
  }

  static async launch(options: LaunchOptions = {}): Promise<Browser> {
    const browser = new Browser(options);
    browser.on('Target.targetCreated', ({ targetInfo }: { targetInfo: TargetInfo }) => {
      if (targetInfo.type === 'service_worker')
        browser.send('Target.attachToTarget', { targetId: targetInfo.targetId, flatten: true }).catch(() => {});
    });
    await browser.send('Target.setAutoAttach', ATTACH);
    await browser.send('Target.setDiscoverTargets', { discover: true });
    return browser;
  }

  #pipe(n: 3 | 4): Writable {
    return this.process.stdio[n] as Writable;
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) waiting?.failed(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting?.done(message.result ?? {});
      return;
    }
    const params = message.params ?? {};
    if (message.method === 'Target.attachedToTarget') this.#attached(params as { sessionId: string; targetInfo: TargetInfo }, message.sessionId);
    if (message.method === 'Target.detachedFromTarget') {
      const id = params['sessionId'] as string;
      this.sessions.get(id)?.emit('detached');
      this.sessions.delete(id);
    }
    if (message.method === undefined) return;
    if (message.sessionId !== undefined) this.sessions.get(message.sessionId)?.emit(message.method, params);
    this.emit(message.method, params);
  }

  #attached({ sessionId, targetInfo }: { sessionId: string; targetInfo: TargetInfo }, parent: string | undefined): void {
    const session = new Session((method, params, id) => this.send(method, params, id), sessionId, targetInfo, parent);
    this.sessions.set(sessionId, session);
    session.send('Target.setAutoAttach', ATTACH).catch(() => {});
    session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
    this.emit('session', session);
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.#last;
    const answered = new Promise<Answer>((done, failed) => {
      this.#pending.set(id, { method, done, failed });
      this.#pipe(3).write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
    });
    return within(answered, method === 'Runtime.evaluate' ? 600_000 : 120_000, method);
  }

  /** A profile of its own inside this browser, forgotten when disposed of. */
  async newContext(): Promise<string> {
    return (await this.send('Target.createBrowserContext', { disposeOnDetach: true }))['browserContextId'] as string;
  }

  async disposeContext(browserContextId: string): Promise<void> {
    await this.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {});
  }

  async newPage(url: string, context?: string): Promise<Session> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', ...(context ? { browserContextId: context } : {}) });
    const find = (): Session | undefined => [...this.sessions.values()].find((session) => session.info.targetId === targetId);
    for (let i = 0; i < 3000 && !find(); i++) await sleep(10);
    const page = find();
    if (!page) throw new Error('The new page was not attached.');
    await page.send('Page.enable');
    await page.send('Runtime.enable');
    await page.goto(url);
    return page;
  }

  /** Dedicated workers of a page, nested ones too. */
  workersOf(page: Session): Session[] {
    const below = (id: string): Session[] =>
      [...this.sessions.values()].filter((session) => session.parent === id).flatMap((session) => [session, ...below(session.id)]);
    return below(page.id).filter((session) => session.info.type.includes('worker'));
  }

  serviceWorkers(origin: string): Session[] {
    return [...this.sessions.values()].filter(({ info }) => info.type === 'service_worker' && info.url.startsWith(origin));
  }

  async close({ hard = false } = {}): Promise<void> {
    const kill = (): boolean => this.process.kill('SIGKILL');
    if (hard) kill();
    else await within(this.send('Browser.close'), 5000, 'close').catch(kill);
    await within(this.#exited, 15_000, 'exit').catch(kill);
    if (!this.#keep) rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
