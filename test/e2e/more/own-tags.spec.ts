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
  await page.getByRole('button', { name: 'Bring this version back' }).click();
  await expect(page.getByText(/brought back 1\.0/)).toBeVisible();
  await settled(page);
  await accessible(page);

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
