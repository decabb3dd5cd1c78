import { expect, test } from '@playwright/test';
import { DATA, drop, has, openApp, settled, visit } from './app.ts';

const TELCO = 'telco/Telco-Customer-Churn.csv';
const BANK = 'bank/bank-full.csv';

test('the main job on files of users alone: telco, then the bank, whose rows without an id are users by their row', async ({ page }) => {
  test.skip(!has(TELCO) || !has(BANK), 'telco and bank are not beside the project');
  const problems = await openApp(page);
  await drop(page, DATA + TELCO);
  await settled(page);
  await visit(page, '#/data');
  await expect(page.getByRole('button', { name: 'What customerID becomes' })).toContainText('User');
  await visit(page, '#/tags');
  await settled(page);
  await expect(page.locator('[data-tag="attr:Contract"]')).toBeVisible();
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('7,043');
  await expect(page.getByRole('button', { name: /^As of/ })).toHaveText(/no dates here/);

  // Files chosen on the first screen begin a project of their own.
  await visit(page, '#/');
  await drop(page, DATA + BANK);
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('45,211');
  expect(problems).toEqual([]);
});
