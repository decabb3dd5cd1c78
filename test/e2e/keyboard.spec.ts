import { expect, test } from '@playwright/test';
import { openApp, settled } from './app.ts';

test('a segment is made, changed, undone and deleted by keyboard alone', async ({ page }) => {
  test.setTimeout(120_000);
  const problems = await openApp(page);
  await page.locator('[data-demo="flash-sale"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.picture');
  await settled(page);
  await page.keyboard.press('3');
  await page.getByRole('button', { name: 'New', exact: true }).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  const size = page.locator('.result .big');
  await expect(size).not.toHaveText('–');
  const before = await size.textContent();
  await page.getByRole('button', { name: 'Behaviour' }).focus();
  await page.keyboard.press('Enter');
  await expect(size).not.toHaveText(before!);
  await page.keyboard.press('Control+z');
  await expect(size).toHaveText(before!);
  await page.keyboard.press('Control+Shift+z');
  await expect(size).not.toHaveText(before!);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(problems).toEqual([]);
});
