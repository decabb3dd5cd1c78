import { accessible, fits, openApp, settled } from '../app.ts';
import { expect, test } from '../page.ts';
import type { Locator, Page } from '@playwright/test';

/** A new segment of the bank demo with three lines and a group, its rule as JSON to compare with. */
async function builder(page: Page): Promise<{ group: Locator; rule: () => Promise<unknown>; problems: string[] }> {
  const problems = await openApp(page);
  await page.locator('[data-demo="bank"]').click();
  await settled(page);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await settled(page);
  const take = async (json: string): Promise<void> => {
    await page.getByRole('radio', { name: 'JSON' }).click();
    const field = page.getByRole('textbox', { name: 'The rule as JSON' });
    await field.fill(json);
    await field.blur();
    await page.getByRole('radio', { name: 'Build' }).click();
  };
  await take(
    JSON.stringify({
      all: [
        { tag: 'age', gte: 20 },
        { tag: 'gender', known: true },
        {
          any: [
            { tag: 'age', lt: 70 },
            { tag: 'age', gt: 80 },
          ],
        },
      ],
    }),
  );
  await settled(page);
  const rule = async (): Promise<unknown> => {
    await page.getByRole('radio', { name: 'JSON' }).click();
    const text = await page.getByRole('textbox', { name: 'The rule as JSON' }).inputValue();
    await page.getByRole('radio', { name: 'Build' }).click();
    return JSON.parse(text) as unknown;
  };
  return { group: page.getByRole('main'), rule, problems };
}
const at = (page: Page, path: string): Locator => page.locator(`[data-at="${path}"]`);
const AGE = { tag: 'age', gte: 20 };
const GENDER = { tag: 'gender', known: true };
const YOUNG = { tag: 'age', lt: 70 };
const OLD = { tag: 'age', gt: 80 };

test('lines and groups by keyboard: moved with the focus, turned into not, taken apart, removed', async ({ page }) => {
  const { rule, problems } = await builder(page);
  const menu = (path: string, name = 'More for this line') => at(page, path).getByRole('button', { name }).first();
  // A line goes down, into the group, through it and out again, and the focus stays on it.
  await menu('all.0').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(menu('all.1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(at(page, 'all.2').getByRole('button', { name: 'More for this line' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(menu('all.1.any.2')).toBeFocused();
  expect(await rule()).toEqual({ all: [GENDER, { any: [YOUNG, OLD, AGE] }] });
  await menu('all.1.any.2').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  expect(await rule()).toEqual({ all: [GENDER, { any: [YOUNG, OLD] }, AGE] });

  // The group too.
  await menu('all.1', 'More for this group').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(menu('all.0', 'More for this group')).toBeFocused();
  expect(await rule()).toEqual({ all: [{ any: [YOUNG, OLD] }, GENDER, AGE] });
  await menu('all.0', 'More for this group').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Turn into “not”' }).press('Enter');
  expect(await rule()).toEqual({ all: [{ not: { any: [YOUNG, OLD] } }, GENDER, AGE] });
  await at(page, 'all.0').getByRole('button', { name: 'not', exact: true }).click();
  await menu('all.0', 'More for this group').click();
  await page.getByRole('menuitem', { name: 'Take the group apart' }).click();
  expect(await rule()).toEqual({ all: [YOUNG, OLD, GENDER, AGE] });

  // A line below, ready to be chosen; removed again, the focus is not lost.
  await menu('all.3').focus();
  await page.keyboard.press('Alt+Enter');
  await expect(at(page, 'all.4').getByRole('button', { name: /^Tag/ })).toBeFocused();
  await at(page, 'all.4').getByRole('button', { name: 'Remove this line' }).focus();
  await page.keyboard.press('Enter');
  await expect(at(page, 'all.3').getByRole('button', { name: 'Remove this line' })).toBeFocused();
  expect(await rule()).toEqual({ all: [YOUNG, OLD, GENDER, AGE] });
  await accessible(page);
  expect(problems).toEqual([]);
});

test('lines and groups are dragged by mouse; Escape lets go', async ({ page }) => {
  const { rule, problems } = await builder(page);
  const handle = (path: string) => at(page, path).getByTitle('Drag to another place').first();
  const centre = async (l: Locator) => {
    const b = (await l.boundingBox())!;
    return [b.x + b.width / 2, b.y + b.height / 2] as const;
  };
  const drag = async (from: Locator, to: Locator, end: () => Promise<void>): Promise<void> => {
    await page.mouse.move(...(await centre(from)));
    await page.mouse.down();
    await page.mouse.move(...(await centre(to)), { steps: 6 });
    await end();
    await page.mouse.up();
  };
  const nothing = (): Promise<void> => Promise.resolve();
  await drag(handle('all.0'), at(page, 'all.2.any.1'), nothing);
  expect(await rule()).toEqual({ all: [GENDER, { any: [YOUNG, AGE, OLD] }] });
  await drag(handle('all.1'), at(page, 'all.0'), () => page.keyboard.press('Escape'));
  expect(await rule()).toEqual({ all: [GENDER, { any: [YOUNG, AGE, OLD] }] });
  await drag(handle('all.1'), at(page, 'all.0'), nothing);
  expect(await rule()).toEqual({ all: [{ any: [YOUNG, AGE, OLD] }, GENDER] });
  // Not into itself.
  await drag(handle('all.0'), at(page, 'all.0.any.1'), nothing);
  expect(await rule()).toEqual({ all: [{ any: [YOUNG, AGE, OLD] }, GENDER] });
  expect(problems).toEqual([]);
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('lines are dragged, and everything stays within the screen, in the dark too', async ({ page }) => {
    const { rule, problems } = await builder(page);
    const handle = at(page, 'all.0').getByTitle('Drag to another place').first();
    await handle.evaluate((el) => el.scrollIntoView({ block: 'start' }));
    await page.evaluate(() => scrollBy(0, -120));
    const target = at(page, 'all.2.any.1');
    const cdp = await page.context().newCDPSession(page);
    const [a, b] = [(await handle.boundingBox())!, (await target.boundingBox())!];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const [x, y] = [a.x + a.width / 2, a.y + a.height / 2];
    await touch('touchStart', x, y);
    for (let i = 1; i <= 8; i++) await touch('touchMove', x + 20 * (i / 8), y + (b.y + 12 - y) * (i / 8));
    await touch('touchEnd', 0, 0);
    expect(await rule()).toEqual({ all: [GENDER, { any: [YOUNG, AGE, OLD] }] });
    await fits(page);
    await accessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(page);
    expect(problems).toEqual([]);
  });
});
