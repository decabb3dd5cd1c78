import { peakMemory } from './cpu.ts';
import { choose, idle, opened, PATIENCE, ready, session } from './session.ts';
import { STAGES, StageClock } from './stages.ts';
import type { Measured, Stage } from './stages.ts';
import { watchTasks } from './tasks.ts';

/** Drops one file and follows it to its tags. CPU is read at each change of stage that the page tells. */
export async function fileToTags(url: string, path: string): Promise<Measured & { longestTask: number; longTasks: number }> {
  const { browser, page, renderers, close } = await session();
  try {
    await opened(page, url);
    const clock = new StageClock(renderers);
    let chain = Promise.resolve();
    await page.exposeFunction('benchStage', (stage: string) => {
      const now = performance.now();
      chain = chain.then(() => clock.begin((STAGES as readonly string[]).includes(stage) ? (stage as Stage) : null, now));
    });
    const tasks = await watchTasks(browser, page);
    await page.evaluate(() => {
      const root = document.documentElement;
      const tell = (globalThis as unknown as { benchStage(stage: string): void }).benchStage;
      new MutationObserver(() => tell(root.dataset['stage'] ?? '')).observe(root, { attributeFilter: ['data-stage'] });
    });
    await choose(page, path);
    await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'tagging', undefined, { timeout: PATIENCE });
    await idle(page);
    await chain;
    const watch = await tasks();
    const peaks = await Promise.all((await renderers()).map(peakMemory));
    return {
      stages: clock.times as Measured['stages'],
      memory: peaks.reduce<number | null>((a, b) => (b === null ? a : Math.max(a ?? 0, b)), null),
      rows: 0,
      users: 0,
      longestTask: watch.longest,
      longTasks: watch.over,
    };
  } finally {
    await close();
  }
}

/** Milliseconds of wall time: from the address to the bar with the places, to the first screen whole and to the engine; from a click on an example to its first profile. */
export async function start(url: string, demo: string): Promise<{ shell: number; screen: number; open: number; profile: number }> {
  const { page, close } = await session();
  try {
    const from = performance.now();
    await page.goto(url);
    await page.waitForSelector('h1', { timeout: PATIENCE });
    await ready(page);
    const shell = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now());
    const screen = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          new PerformanceObserver((list) => done(list.getEntries().at(-1)!.startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
        }),
    );
    const open = performance.now() - from;
    await idle(page);
    const click = performance.now();
    await page.locator(`[data-demo="${demo}"]`).click();
    await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'true', undefined, { timeout: PATIENCE });
    await page.evaluate(() => void (location.hash = '#/segments/everyone/profile'));
    await page.locator('.t-figure').first().waitFor({ timeout: PATIENCE });
    const profile = performance.now() - click;
    return { shell, screen, open, profile };
  } finally {
    await close();
  }
}
