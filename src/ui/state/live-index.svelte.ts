import type { Remote } from 'comlink';
import { isCancelled, TesseraError } from '../../core/errors.ts';
import type { Segment } from '../../core/rule.ts';
import { sameBasis, type Basis } from '../../core/settings.ts';
import type { Ahead, Indexer, Tagged } from '../../project/indexer.ts';
import type { StudioApi } from '../../project/studio-api.ts';

/** A newer question of the same name goes out beside an unanswered one after this long; the worker then drops the older. */
const PATIENCE_MS = 60;

/** Calls of the studio that the index answers, with the same first arguments. */
const ANSWERED = ['size', 'lines', 'profile', 'partition', 'comparison', 'segmentMoment'] as const;
const isAnswered = (name: string): name is (typeof ANSWERED)[number] => (ANSWERED as readonly string[]).includes(name);

/** The index worker as the page uses it: filled behind the page once tags are made; what it cannot answer is the engine's. */
export class LiveIndex {
  /** The tags it holds now. */
  #held = $state.raw<Tagged | null>(null);
  readonly #remote: () => Remote<Indexer> | null;
  #wanted: Tagged | null = null;
  readonly #asked = new Map<string, { turn: number; last: Promise<unknown> }>();

  constructor(remote: () => Remote<Indexer> | null) {
    this.#remote = remote;
  }

  get ready(): boolean {
    return this.#held !== null;
  }

  /** Holds these tags from now on; null: none. It answers nothing until it has read them. */
  async follow(tagged: Tagged | null): Promise<void> {
    this.#wanted = tagged;
    this.#held = null;
    const remote = this.#remote();
    if (!remote) return;
    try {
      if (!tagged) return await remote.clear();
      await remote.fill(tagged);
      if (this.#wanted === tagged) this.#held = tagged;
    } catch {
      // Stopped by newer tags, or no room for it: the engine answers instead, as it did before.
    }
  }

  /** Begins to read these columns; `follow` says when they answer. */
  ahead(of: Ahead): void {
    void this.#remote()
      ?.ahead(of)
      .catch(() => undefined);
  }

  /** The answer of a call of the studio; undefined where the engine has to give it. */
  answer(name: keyof StudioApi, args: unknown[]): Promise<unknown> | undefined {
    if (!isAnswered(name)) return undefined;
    const held = this.#held;
    const remote = this.#remote();
    const [what, segments, basis, task] = args as [never, Segment[], Basis, string];
    if (!held || !remote || !sameBasis(held.basis, basis)) return undefined;
    return this.#newest(task, (): Promise<unknown> => remote[name](what, segments, task))
      .then((answer) => answer ?? undefined)
      .catch((e: unknown) => {
        if (isCancelled(e) || (e instanceof TesseraError && e.code.startsWith('RULE_'))) throw e;
        return undefined;
      });
  }

  /** Of questions under one name that wait for an answer to an earlier one only the newest is asked: a pointer moves faster than any worker. */
  async #newest<T>(task: string, ask: () => Promise<T>): Promise<T> {
    const before = this.#asked.get(task);
    const mine = { turn: (before?.turn ?? 0) + 1, last: before?.last ?? Promise.resolve() };
    this.#asked.set(task, mine);
    await Promise.race([mine.last.catch(() => undefined), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
    if (this.#asked.get(task)?.turn !== mine.turn) throw new TesseraError('CANCELLED', 'Stopped.');
    const answer = ask();
    mine.last = answer;
    return answer;
  }
}
