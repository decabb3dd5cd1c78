import { expect, test } from '@playwright/test';
import { openApp, settled } from './app.ts';

test('works unplugged after the first load', async ({ page, context }) => {
  test.setTimeout(120_000);
  await openApp(page);
  await page.locator('[data-demo="bank"]').click();
  await page.waitForSelector('.picture');
  await settled(page);
  await page.goto('/#/');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.waitForSelector('html[data-boot="open"]');
  await page.waitForTimeout(3000);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector('html[data-boot="open"]', { timeout: 60_000 });
  await page.goto('/#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('12,000');
  await context.setOffline(false);
});
