import { EventEmitter } from 'node:events';
import { within } from './time.ts';

export type Params = Record<string, unknown>;
/** What the protocol answers: read by the caller, who knows the method. */
export type Answer = Params & { result?: { value?: unknown }; exceptionDetails?: ExceptionDetails; errorText?: string };
interface ExceptionDetails {
  text: string;
  exception?: { description?: string; value?: unknown };
}

export interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
}

export type Send = (method: string, params?: Params, sessionId?: string) => Promise<Answer>;

/** One attached target: a page, a frame or a worker of any kind. Emits the protocol's events by name, and `detached`. */
export class Session extends EventEmitter {
  readonly id: string;
  readonly info: TargetInfo;
  readonly parent: string | undefined;
  readonly #send: Send;

  constructor(send: Send, id: string, info: TargetInfo, parent: string | undefined) {
    super();
    this.#send = send;
    this.id = id;
    this.info = info;
    this.parent = parent;
    this.setMaxListeners(0);
  }

  send(method: string, params?: Params): Promise<Answer> {
    return this.#send(method, params, this.id);
  }

  async goto(url: string, ms = 120_000): Promise<void> {
    const loaded = new Promise<void>((done) => this.once('Page.loadEventFired', () => done()));
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await within(loaded, ms, `load ${url}`);
  }

  async reload(ms = 120_000): Promise<void> {
    const loaded = new Promise<void>((done) => this.once('Page.loadEventFired', () => done()));
    await this.send('Page.reload');
    await within(loaded, ms, 'reload');
  }

  /** Evaluates an expression as the page's own script would: `eval` stays bound by the page's policy. */
  async eval(expression: string, { gesture = false, ms = 30_000 } = {}): Promise<unknown> {
    const answer = await within(
      this.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: gesture,
        allowUnsafeEvalBlockedByCSP: false,
      }),
      ms,
      `evaluate ${expression.slice(0, 100)}`,
    );
    const failed = answer.exceptionDetails;
    if (failed) throw new Error(String(failed.exception?.description ?? failed.exception?.value ?? failed.text));
    return answer.result?.value;
  }

  /** Waits until the expression is true, across reloads of the page; throws after `ms`. */
  async until(expression: string, ms = 180_000): Promise<void> {
    for (const end = performance.now() + ms; ;) {
      const value = await this.eval(expression, { ms: 5000 }).catch(() => false); // a page that reloads answers nothing for a moment
      if (value) return;
      if (performance.now() > end) throw new Error(`timeout: ${expression.slice(0, 100)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async click(x: number, y: number): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased']) await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }

  async close(): Promise<void> {
    await this.#send('Target.closeTarget', { targetId: this.info.targetId }).catch(() => {});
  }
}
