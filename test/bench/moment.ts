import type { JSHandle } from '@playwright/test';
import { choose, idle, opened, PATIENCE, rest, session, visit } from './session.ts';

/** Seconds of wall time from the slider's rest on a day to everyone's profile of that day, and to all tags of it; for each of some days. */
export async function momentSteps(url: string, path: string, places: readonly number[]): Promise<{ profile: number[]; all: number[] }> {
  const at = await session();
  const { page, close } = at;
  try {
    await opened(page, url);
    await choose(page, path);
    await visit(page, '#/segments/everyone/profile');
    await rest(at);
    await page.waitForSelector('[data-as-of]', { timeout: PATIENCE });
    await page.waitForSelector('html[data-index="ready"]', { timeout: PATIENCE });
    await page.getByRole('button', { name: /^As of/ }).click();
    const slider = page.locator('input[type=range]').first();
    const out = { profile: [] as number[], all: [] as number[] };
    for (const place of places) {
      await idle(page);
      await page.waitForSelector('html[data-index="ready"]', { timeout: PATIENCE });
      const before = await page.locator('[data-as-of]').first().getAttribute('data-as-of');
      const from = await slider.evaluate((field: HTMLInputElement, share) => {
        field.value = String(Math.round(Number(field.min) + share * (Number(field.max) - Number(field.min))));
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return performance.now();
      }, place);
      const since = async (done: JSHandle<number | false>): Promise<number> => ((await done.jsonValue()) as number) - from;
      out.profile.push(
        (await since(
          await page.waitForFunction(
            (old) => document.querySelector('[data-as-of]')?.getAttribute('data-as-of') !== old && performance.now(),
            before,
            { polling: 'raf', timeout: PATIENCE },
          ),
        )) / 1000,
      );
      out.all.push(
        (await since(
          await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false' && performance.now(), undefined, {
            polling: 'raf',
            timeout: PATIENCE,
          }),
        )) / 1000,
      );
    }
    return out;
  } finally {
    await close();
  }
}
