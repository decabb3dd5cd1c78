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
      const held = this.times[this.#stage];
      const part = { ...spent(this.#before, after), wall: (now - this.#at) / 1000 };
      // A stage that comes twice counts as one.
      this.times[this.#stage] = held ? { busiest: held.busiest + part.busiest, all: held.all + part.all, wall: held.wall + part.wall } : part;
    }
    this.#stage = stage;
    this.#at = now;
    this.#before = after;
  }
}
