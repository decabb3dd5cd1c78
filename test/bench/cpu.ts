import { readdir, readFile } from 'node:fs/promises';

/** CPU seconds by thread id, over the given processes; empty where the system does not tell (it needs /proc). */
export type ThreadTimes = Map<string, number>;

/** Clock ticks a second; 100 on every Linux that Chromium runs on. */
const TICKS = 100;

/** Fields 14 and 15 of stat: time in user and kernel mode. The name in brackets may hold spaces. */
function seconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** `only`: threads whose name matches; a browser names its workers' threads DedicatedWorker. */
export async function threadTimes(pids: readonly number[], only?: RegExp): Promise<ThreadTimes> {
  const times: ThreadTimes = new Map();
  for (const pid of pids) {
    for (const tid of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      const stat = await readFile(`/proc/${pid}/task/${tid}/stat`, 'utf8').catch(() => null);
      if (stat && (!only || only.test(stat.slice(stat.indexOf('(') + 1)))) times.set(`${pid}/${tid}`, seconds(stat));
    }
  }
  return times;
}

export interface Spent {
  /** CPU seconds of the busiest thread: the critical path where cores are free. */
  busiest: number;
  all: number;
}

export function spent(before: ThreadTimes, after: ThreadTimes): Spent {
  let busiest = 0;
  let all = 0;
  for (const [id, time] of after) {
    const used = time - (before.get(id) ?? 0);
    busiest = Math.max(busiest, used);
    all += used;
  }
  return { busiest, all };
}

/** All processes below one, itself included. */
export async function family(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = [root];
  for (let i = 0; i < found.length; i++) for (const [pid, parent] of parents) if (parent === found[i]) found.push(pid);
  return found;
}

/** Greatest resident memory in MiB a process has had (VmHWM). */
export async function peakMemory(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const match = /VmHWM:\s+(\d+) kB/.exec(status);
  return match ? Number(match[1]) / 1024 : null;
}
