import { expect, test } from '@playwright/test';
import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';

const LONG = 'a value that goes on and on '.repeat(9).trim();
const WORDS = ['עברית מימין לשמאל', 'العربية من اليمين', '👩‍👩‍👧 family', LONG, '<b>not bold</b>', '=1+1'];

/** Orders with 5,000 cities, names from right to left, emoji, markup, formulas and very long words. */
const ORDERS = [
  'user_id,order_date,amount,city,taste',
  ...Array.from(
    { length: 10_000 },
    (_, i) => `🙂${i % 5000},2026-0${1 + (i % 6)}-1${i % 9},${10 + (i % 90)}.50,עיר ${i % 5000},${WORDS[(i % 5000) % WORDS.length]}`,
  ),
].join('\n');

test('long names, 5,000 values, text from the right, emoji and nobody at all: every view holds', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [{ name: 'עסקאות 🙂.csv', mimeType: 'text/csv', buffer: Buffer.from(ORDERS) }]);
  await settled(page);
  const look = async (...hashes: string[]): Promise<void> => {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      for (const hash of hashes) {
        await visit(page, hash);
        await settled(page);
        await fits(page);
      }
      await accessible(page);
    }
  };
  await look('#/data', '#/tags', '#/tags/user%3Acity', '#/segments/everyone/members', '#/segments/everyone/profile');
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('5,000');
  // Markup in a value is text.
  await visit(page, '#/segments/everyone/members');
  await settled(page);
  await expect(page.getByText('🙂0', { exact: true }).first()).toBeVisible();
  expect(await page.locator('main b', { hasText: 'not bold' }).count()).toBe(0);
  // As of a day before the first order nobody is there.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^As of/ }).click();
  await page.getByRole('textbox', { name: 'Day' }).fill('1 Jan 2020');
  await page.getByRole('button', { name: /^Count as of 1 Jan 2020/ }).click();
  await expect(page.getByRole('button', { name: /^As of/ })).toHaveText(/1 Jan 2020/);
  await settled(page);
  await look('#/tags', '#/segments/everyone/members', '#/insights', '#/segments/everyone/profile');
  expect(problems).toEqual([]);
});
