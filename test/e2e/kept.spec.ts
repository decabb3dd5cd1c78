import { expect, test } from '@playwright/test';
import { drop, openApp, settled, visit } from './app.ts';

const GOOD = ['user_id,order_date,amount', ...Array.from({ length: 60 }, (_, i) => `u${i % 12},2026-0${1 + (i % 6)}-1${i % 9},${10 + i}.50`)].join(
  '\n',
);
const orders = { name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(GOOD) };

test('a second tab only reads, can take over, and the first one then reads', async ({ page, context }) => {
  const problems = await openApp(page);
  await drop(page, [orders]);
  await settled(page);
  await page.waitForSelector('html[data-saved="whole"]');
  await visit(page, '#/tags');
  const second = await context.newPage();
  await second.goto('/#/tags');
  await second.waitForSelector('html[data-boot="open"]');
  await expect(second.getByText('is open in another tab')).toBeVisible({ timeout: 30_000 });
  await second.getByRole('button', { name: 'Work here instead' }).click();
  await expect(second.getByText('is open in another tab')).toBeHidden();
  await expect(page.getByText('is open in another tab')).toBeVisible();
  await settled(second);
  await expect(second.locator('[data-tag="orders"], [data-tag="recency"]').first()).toBeVisible();
  expect(problems).toEqual([]);
});

test('a reload brings everything back, another file can then be dropped, and forgetting removes it', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [orders]);
  await settled(page);
  await page.waitForSelector('html[data-saved="whole"]');
  await visit(page, '#/segments/everyone/profile');
  await page.reload();
  await page.waitForSelector('html[data-boot="open"]');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('12');
  await visit(page, '#/data');
  await drop(page, [{ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from('user_id,gender\nu1,f\nu2,m\nu99,f\n') }]);
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('13');
  await page.waitForSelector('html[data-saved="whole"]');
  await page.reload();
  await page.waitForSelector('html[data-boot="open"]');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('13');

  await visit(page, '#/privacy');
  await page.getByRole('button', { name: /Forget everything/ }).click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /Forget/ })
    .click();
  await page.waitForFunction(async () => {
    let n = 0;
    for await (const [name] of (await navigator.storage.getDirectory()).entries()) if (name !== '') n++;
    return n === 0;
  });
  await expect.poll(() => page.evaluate(() => JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage)]))).not.toContain('project');
  expect(problems).toEqual([]);
});

test('says when all of it is kept, and then works unplugged', async ({ page, context }) => {
  await openApp(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await visit(page, '#/privacy');
  await page.getByText(/Ready offline$/).waitFor({ timeout: 120_000 });
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('html[data-boot="open"][data-busy="false"]', { timeout: 60_000 });
  // Everything there is to fetch, examples included, is here.
  const missing = await page.evaluate(async () => {
    const files = (await (await fetch('./files.json')).json()) as { name: string; bytes: number }[];
    const sizes = await Promise.all(files.map(async (f) => (await (await fetch(`./${f.name}`)).blob()).size));
    return files.filter((f, i) => sizes[i] !== f.bytes).map((f) => f.name);
  });
  expect(missing).toEqual([]);
  await visit(page, '#/');
  await drop(page, [orders]);
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('12');
  await visit(page, '#/privacy');
  expect(await page.locator('[data-sent]').getAttribute('data-sent')).toBe('0');
  await context.setOffline(false);
});
