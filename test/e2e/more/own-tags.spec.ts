import { expect, test } from '@playwright/test';
import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';

const people = Array.from({ length: 60 }, (_, i) => `u${i},${i % 2 ? 'F' : 'M'},${['Lyon', 'Paris', '上海'][i % 3]}`);
const orders = Array.from({ length: 240 }, (_, i) => `o${i},u${(i * 7) % 50},2026-0${1 + (i % 6)}-1${i % 9},${10 + (i % 40)}.50`);
const file = (name: string, lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });

test('a tag of one’s own: a formula with completion, bands by keyboard, who moves, and a version back', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [file('users.csv', ['user_id,gender,city', ...people]), file('orders.csv', ['order_id,user_id,order_date,amount', ...orders])]);
  await settled(page);
  await visit(page, '#/tags/new');
  const formula = page.getByRole('combobox', { name: 'Formula' });
  await formula.pressSequentially('monetary / ord');
  await expect(page.getByRole('option').first()).toContainText('orders');
  await formula.press('Enter');
  await expect(formula).toHaveValue('monetary / orders');
  await page.getByLabel('Name', { exact: true }).fill('Basket');
  await expect(page.getByText('Gives an amount')).toBeVisible();
  await formula.fill('monetary / ordrs');
  await expect(page.getByText('There is no tag “ordrs”: did you mean orders?')).toBeVisible();

  await page.getByRole('radio', { name: /^Bands over a number/ }).click();
  await page.getByLabel('Name', { exact: true }).fill('Spend level');
  await expect(page.getByRole('slider')).toHaveCount(3);
  await settled(page);
  await accessible(page);
  await page.getByRole('button', { name: 'Save the tag' }).click();
  await expect(page.getByRole('heading', { name: 'Spend level' })).toBeVisible({ timeout: 30_000 });
  await settled(page);
  await page.getByRole('link', { name: 'Change it' }).click();
  await page.getByRole('slider', { name: 'Cut 1' }).focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: /^Accept: \d+ values? change/ }).click({ timeout: 30_000 });
  await expect(page.getByText('1.1', { exact: true })).toBeVisible({ timeout: 30_000 });
  const changed = page.getByLabel('What this version changed');
  await expect(changed.locator('dt')).toHaveText('Definition');
  await expect(changed.locator('del').first()).not.toBeEmpty();
  await expect(changed.locator('ins').first()).not.toBeEmpty();
  await page.getByRole('button', { name: 'Bring this version back' }).click();
  await expect(page.getByText(/brought back 1\.0/)).toBeVisible();
  await settled(page);
  await accessible(page);

  // A parameter of a tag of the catalogue: what uses the tag says so, and one click takes the change over.
  await visit(page, '#/tags/user:lifecycle');
  await page.getByRole('button', { name: 'Use in a segment' }).click();
  await expect(page).toHaveURL(/segments\/\w{8}\/rule/);
  await settled(page);
  await expect(page.getByText('changed', { exact: true })).toHaveCount(0);
  await visit(page, '#/tags/user:lifecycle');
  const detail = page.getByRole('complementary', { name: 'Lifecycle' });
  await expect(detail.getByRole('link', { name: 'Lifecycle', exact: true })).toBeVisible();
  await detail.getByLabel('Active: in the last').fill('200');
  await expect(detail.getByRole('status').filter({ hasText: 'Active must be under at risk' })).toBeVisible();
  await detail.getByLabel('Active: in the last').fill('45');
  await detail.getByRole('button', { name: 'Apply' }).click();
  await expect(detail.getByText('Active: bought in the last 45 days')).toBeVisible();
  await settled(page);
  await accessible(page);
  await visit(page, '#/segments');
  await expect(page.getByText('changed', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^Lifecycle/ }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('changed', { exact: true })).toHaveCount(0);
  await visit(page, '#/tags/user:lifecycle');
  await detail.getByRole('button', { name: 'Back to the usual' }).click();
  await expect(detail.getByText('Active: bought in the last 30 days')).toBeVisible();

  await page.getByLabel('Find a tag').fill('客单价');
  await expect(page.locator('[data-tag]')).toHaveCount(1);
  await visit(page, '#/tags/health');
  await expect(page.getByRole('heading', { name: 'Stability' })).toBeVisible();
  // Notes that stand over one another are no part of this page.
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0);
  await accessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  expect(problems).toEqual([]);
});
