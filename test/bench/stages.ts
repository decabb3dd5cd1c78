import { spent, threadTimes } from './cpu.ts';
import type { Spent, ThreadTimes } from './cpu.ts';

/** What is measured of one way from a file to tags. */
export const STAGES = ['opening', 'building', 'tagging'] as const;
export type Stage = (typeof STAGES)[number];
export interface StageTime extends Spent {
  wall: number;
}
export interface Measured {
  stages: Record<Stage, StageTime>;
  /** Greatest resident memory of the process that holds the engine, MiB; null where the system does not tell. */
  memory: number | null;
  rows: number;
  users: number;
}

/** Cuts the CPU time of some processes into stages: `begin` ends the stage before. */
export class StageClock {
  readonly #pids: () => Promise<number[]>;
  #stage: Stage | null = null;
  #at = 0;
  #before: ThreadTimes = new Map();
  readonly times: Partial<Record<Stage, StageTime>> = {};

  constructor(pids: () => Promise<number[]>) {
    this.#pids = pids;
  }

  async begin(stage: Stage | null, now: number): Promise<void> {
    const after = await threadTimes(await this.#pids());
    if (this.#stage) {
      // A stage that comes twice counts as one.
      this.times[this.#stage] = added(this.times[this.#stage], { ...spent(this.#before, after), wall: (now - this.#at) / 1000 });
    }
    this.#stage = stage;
    this.#at = now;
    this.#before = after;
  }
}

export const added = (a: StageTime | null | undefined, b: StageTime): StageTime =>
  a ? { busiest: a.busiest + b.busiest, all: a.all + b.all, wall: a.wall + b.wall } : b;

/** CPU and wall seconds of some processes while something runs. */
export async function spentBy(pids: () => Promise<number[]>, run: () => Promise<unknown>, only?: RegExp): Promise<StageTime> {
  const before = await threadTimes(await pids(), only);
  const from = performance.now();
  await run();
  const wall = (performance.now() - from) / 1000;
  return { ...spent(before, await threadTimes(await pids(), only)), wall };
}
