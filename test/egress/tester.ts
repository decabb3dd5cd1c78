import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../driver/browser.ts';
import type { Session } from '../driver/session.ts';
import { outcome, sleep, within } from '../driver/time.ts';
import { channels } from './channels/all.ts';
import type { Channel, Target } from './channels/channel.ts';
import { sqlChannels } from './channels/sql.ts';
import { readNetLog } from './net-log.ts';
import { openTrap, type Trap } from './trap.ts';

/** `first`: a fresh profile, as soon as the app is ready. `controlled`: after a reload, with the service worker in control. */
export type Phase = 'first' | 'controlled';

export interface Attempt {
  phase: Phase;
  /** `page`, `SQL`, `service worker`, or the name of a worker. */
  context: string;
  id: string;
  through: boolean;
  /** What was seen of it: a whole request, a bare connection, a datagram, a name looked up, a message. Empty if nothing. */
  how: string;
  /** The browser does not have what the channel needs, so nothing was tried. */
  absent: boolean;
  error: string;
}

export interface EgressReport {
  attempts: Attempt[];
  /** Names outside this machine that the app asked for, by the browser's own log. */
  foreign: string[];
  log: string[];
}

export interface EgressOptions {
  /** True in the page once the app and all its workers are ready; asked again and again. */
  ready: string;
  /** True once the page itself is as guarded as it will be: what a channel that destroys the page waits for. `ready` if not given. */
  guarded?: string;
  /** An expression for a function `(sql) => Promise` in the page, to try the ways out through the engine. */
  sql?: string;
  phases?: readonly Phase[];
  /** What to try from; all by default. */
  parts?: readonly Part[];
  only?: RegExp;
}

export type Part = 'engine' | 'workers' | 'page' | 'leaving' | 'outside';

const SECRET = 'd=s3cret';
const AT_ONCE = 24;
const TABS_AT_ONCE = 4;
const MISSING = /is not defined|is not a function|is not a constructor|undefined \(reading|ReferenceError/;
// Names for channels that only look one up end in .localhost; nothing else can be found, so nothing leaves this machine.
const ONLY_THIS_MACHINE = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost , EXCLUDE 127.0.0.1';

type Oracle = 'hit' | 'dns' | 'message' | 'none';
interface Tried extends Omit<Attempt, 'through' | 'how' | 'absent'> {
  oracle: Oracle;
  trap: Trap;
  dns: string;
  messages: number;
}

class EgressRun {
  readonly app: URL;
  readonly tried: Tried[] = [];
  readonly traps: Trap[] = [];
  readonly log: string[] = [];
  readonly options: EgressOptions;
  readonly phase: Phase;
  readonly browser: Browser;

  constructor(browser: Browser, url: string, phase: Phase, options: EgressOptions) {
    this.browser = browser;
    this.app = new URL(url);
    this.phase = phase;
    this.options = options;
  }

  wanted(id: string): boolean {
    return this.options.only?.test(id) ?? true;
  }

  does(part: Part): boolean {
    return this.options.parts?.includes(part) ?? true;
  }

  async target(): Promise<{ trap: Trap; to: Target }> {
    const trap = await openTrap();
    const dns = `dns${this.traps.push(trap)}-${this.phase}.localhost`;
    const host = this.app.hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1';
    const at = `${host}:${trap.port}`;
    return { trap, to: { h: `http://${at}`, hs: `https://${at}`, w: `ws://${at}`, ip: '127.0.0.1', host, port: trap.port, d: SECRET, dns } };
  }

  note(context: string, id: string, oracle: Oracle, trap: Trap, more: { dns?: string; error?: string; messages?: number } = {}): void {
    this.tried.push({ phase: this.phase, context, id, oracle, trap, dns: more.dns ?? '', error: more.error ?? '', messages: more.messages ?? 0 });
  }

  async attempt(session: Session, channel: Channel, context: string, ms = 2500): Promise<void> {
    const { trap, to } = await this.target();
    const code = `(async()=>{const U=${JSON.stringify(to)};${channel.code}})()`;
    const { error } = await outcome(session.eval(code, { gesture: channel.gesture ?? false, ms }));
    this.note(context, channel.id, channel.oracle ?? 'hit', trap, { dns: to.dns, ...(error === undefined ? {} : { error }) });
  }

  async open(until: string, context?: string): Promise<Session> {
    const page = await this.browser.newPage(this.app.href, context);
    await page.until(until);
    return page;
  }

  async all(): Promise<void> {
    const page = await this.open(this.options.ready);
    if (this.phase === 'controlled') {
      await page.until('navigator.serviceWorker?.getRegistration().then((r) => Boolean(r?.active))');
      await page.reload();
      await page.until(this.options.ready);
      await page.until('navigator.serviceWorker.controller !== null');
    }
    this.log.push(
      `${this.phase}: ${String(await page.eval("(navigator.serviceWorker?.controller?'service worker in control':'no service worker in control')+(self.crossOriginIsolated?', isolated':'')"))}`,
    );
    await page.click(5, 5);
    if (this.does('engine')) await this.throughEngine(page); // first, while everything is untouched
    if (this.does('workers')) await this.fromWorkers(page);
    if (this.does('page')) await this.fromPage(page);
    await sleep(1500);
    await page.close();
    if (this.does('leaving')) await this.byLeaving();
    if (this.does('outside')) await this.fromOutside();
    await sleep(500);
  }

  async throughEngine(page: Session): Promise<void> {
    const { sql } = this.options;
    if (sql === undefined) return;
    for (let i = 0; ; i++) {
      const { trap, to } = await this.target();
      const entry = sqlChannels(to)[i];
      if (!entry) return;
      const [id, statement] = entry;
      if (!this.wanted(id)) continue;
      const { error } = await outcome(page.eval(`(${sql})(${JSON.stringify(statement)})`, { ms: 20_000 }));
      this.note('SQL', id, 'hit', trap, error === undefined ? {} : { error });
    }
  }

  async fromWorkers(page: Session): Promise<void> {
    const fileOf = (url: string): string => (url.split('/').pop() ?? '').replace(/-[\w-]{8}(?=\.\w+$)/, '');
    const all = this.browser
      .workersOf(page)
      .map((session) => [session, `${session.parent === page.id ? '' : 'nested '}${session.info.type} ${fileOf(session.info.url)}`] as const);
    const service = this.browser.serviceWorkers(this.app.origin).map((session) => [session, 'service worker'] as const);
    // One that answers nothing would look like one that nothing gets out of.
    const answers = await Promise.all([...all, ...service].map(([session]) => session.eval('true', { ms: 10_000 }).catch(() => false)));
    const workers = [...all, ...service].filter((_, i) => answers[i] === true);
    this.log.push(`workers: ${workers.map(([, name]) => name).join(', ') || 'none'}`);
    const own = channels.filter((channel) => channel.where !== 'page' && this.wanted(channel.id));
    for (const [session, name] of workers) await Promise.all(own.map((channel) => this.attempt(session, channel, name)));
  }

  async fromPage(page: Session): Promise<void> {
    const staying = channels.filter((channel) => !channel.nav && channel.where !== 'worker' && this.wanted(channel.id));
    const lists = [staying.filter((channel) => !channel.last), staying.filter((channel) => channel.last)];
    for (const list of lists)
      for (let i = 0; i < list.length; i += AT_ONCE)
        await Promise.all(list.slice(i, i + AT_ONCE).map((channel) => this.attempt(page, channel, 'page')));
  }

  /** Channels that destroy the page: each in a tab of its own, on first load in a profile of its own too. */
  async byLeaving(): Promise<void> {
    const leaving = channels.filter((channel) => channel.nav && this.wanted(channel.id));
    const one = async (channel: Channel): Promise<void> => {
      const context = this.phase === 'first' ? await this.browser.newContext() : undefined;
      const page = await this.open(this.options.guarded ?? this.options.ready, context);
      await page.click(5, 5).catch(() => {});
      await this.attempt(page, channel, 'page', 3500);
      await sleep(2000);
      await page.close();
      if (context !== undefined) await this.browser.disposeContext(context);
    };
    for (let i = 0; i < leaving.length; i += TABS_AT_ONCE) await Promise.all(leaving.slice(i, i + TABS_AT_ONCE).map(one));
  }

  /** A foreign page that opens or frames the app, and hears what it says. */
  async fromOutside(): Promise<void> {
    for (const how of ['opened', 'framed'] as const) {
      const id = `app ${how} by a foreign page, postMessage`;
      if (!this.wanted(id)) continue;
      const { trap, to } = await this.target();
      const evil = await this.browser.newPage(`${to.h}/frame.html`);
      const seen = new Promise<Session>((done) => this.browser.once('session', done));
      const app = JSON.stringify(this.app.href);
      const act = how === 'opened' ? `window.w=open(${app});0` : `const f=document.createElement('iframe');f.src=${app};document.body.append(f);0`;
      await evil.eval(`window.got=[];onmessage=(e)=>got.push(e.data);${act}`, { gesture: true });
      const { value: inside } = await outcome(within(seen, 4000, 'the app in the foreign page'));
      await sleep(2500);
      // The error page of a refused frame answers scripts too, so its origin is looked at.
      const tell = `location.origin===${JSON.stringify(this.app.origin)}&&(opener||parent).postMessage('s3cret','*')`;
      await inside?.eval(tell, { ms: 3000 }).catch(() => {});
      await sleep(300);
      const messages = Number(await evil.eval('got.length').catch(() => 0));
      this.note('page', id, 'message', trap, { messages });
      await evil.close();
      await inside?.close();
    }
  }
}

function judge(tried: Tried, resolved: ReadonlySet<string>): Attempt {
  const { trap, oracle, dns, messages, ...attempt } = tried;
  const { http, tcp, udp } = trap.hits;
  const hit = http.length ? 'request' : tcp ? 'connection' : udp ? 'datagram' : '';
  const how = { hit, dns: resolved.has(dns) ? 'name looked up' : '', message: messages ? 'message' : '', none: '' }[oracle];
  const absent = oracle === 'none' || (how === '' && attempt.context !== 'SQL' && MISSING.test(attempt.error));
  return { ...attempt, how, through: how !== '', absent };
}

/** Tries every way out of the app at `url`, from the page and from every worker, and says which got through. */
export async function runEgress(url: string, options: EgressOptions): Promise<EgressReport> {
  const dir = mkdtempSync(join(tmpdir(), 'tessera-egress-'));
  const report: EgressReport = { attempts: [], foreign: [], log: [] };
  for (const phase of options.phases ?? (['first', 'controlled'] as const)) {
    // A profile of its own, since a private context looks up no names ahead.
    const netlog = join(dir, `${phase}.json`);
    const args = [ONLY_THIS_MACHINE, '--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'];
    const browser = await Browser.launch({ netlog, args });
    const run = new EgressRun(browser, url, phase, options);
    try {
      await run.all();
    } finally {
      await browser.close();
      for (const trap of run.traps) trap.close();
    }
    const { resolved, foreign } = readNetLog([netlog], run.app);
    report.attempts.push(...run.tried.map((tried) => judge(tried, resolved)));
    report.foreign.push(...foreign);
    report.log.push(...run.log);
  }
  rmSync(dir, { recursive: true, force: true });
  return report;
}
