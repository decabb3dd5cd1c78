import type { Browser, Page } from '@playwright/test';

export interface MainTasks {
  /** Milliseconds of CPU time of the longest task of the page's main thread. */
  longest: number;
  /** How many took more than 50 ms of it. */
  over: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of CPU time. */
  tdur?: number;
  args?: { name?: string };
}

const MAIN_THREAD = 'CrRendererMain';
const GOAL_US = 50_000;

/** Begins to note every task of the page's main thread; ends by the function it answers. CPU time: wall time misleads where cores are shared. */
export async function watchTasks(browser: Browser, page: Page): Promise<() => Promise<MainTasks>> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
    const mains = new Set(traceEvents.filter((e) => e.name === 'thread_name' && e.args?.name === MAIN_THREAD).map((e) => `${e.pid}/${e.tid}`));
    let longest = 0;
    let over = 0;
    for (const { name, ph, pid, tid, tdur = 0 } of traceEvents) {
      if (name !== 'RunTask' && name !== 'ThreadControllerImpl::RunTask') continue;
      if (ph !== 'X' || !mains.has(`${pid}/${tid}`)) continue;
      longest = Math.max(longest, tdur);
      if (tdur > GOAL_US) over++;
    }
    return { longest: longest / 1000, over };
  };
}
