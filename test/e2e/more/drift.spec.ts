import { expect, test } from '@playwright/test';
import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';

const orders = (name: string, first: number, n: number, users: number, month: number) => {
  const line = (i: number): string =>
    `u${first + (i % users)},o${first + i},2026-0${month}-${String(1 + (i % 27)).padStart(2, '0')},${10 + ((i * 37) % 90)},${['web', 'app', 'store'][(i % (month + 1)) % 3]}`;
  const text = ['user_id,order_id,order_date,amount,channel', ...Array.from({ length: n }, (_, i) => line(i))].join('\n');
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
};

test('figures of before are kept with the change of files, tell what shifted, and a changed tag marks its segment', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [orders('march.csv', 0, 240, 60, 3)]);
  await settled(page);
  await visit(page, '#/tags/health');
  await expect(page.getByText('No figures of before are kept yet')).toBeVisible();

  await visit(page, '#/tags/new');
  await page.getByLabel('Name').first().fill('Spend per order');
  await page.getByRole('combobox', { name: 'Formula' }).fill('monetary / orders');
  await page.getByRole('button', { name: 'Save the tag' }).click();
  await settled(page);
  await page.getByRole('button', { name: 'Use in a segment' }).click();
  const size = page.locator('.big').first();
  await expect(size).toHaveText('30');
  await settled(page);
  await visit(page, '#/tags/user%3Aown_spend_per_order/edit');
  await page.getByRole('combobox', { name: 'Formula' }).fill('monetary / orders / 2');
  await page.getByRole('button', { name: /^Accept: / }).click();
  await settled(page);
  await visit(page, '#/segments/everyone');
  await page.getByRole('link', { name: /Spend per order changed/ }).click();
  await expect(page.getByText('Spend per order changed from 1.0 to 2.0: 30 → 0 users.')).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('changed from 1.0 to 2.0')).toBeHidden();

  await visit(page, '#/segments/everyone/profile');
  await page.getByRole('button', { name: 'Top fifth by spending', exact: true }).click();
  await page.waitForURL(/profile$/);
  const top = new URL(page.url()).hash;
  await settled(page);
  await visit(page, '#/tags/health');
  await expect(page.getByRole('heading', { name: 'Stability' })).toBeVisible();
  await expect(page.getByText('not counted yet')).toBeHidden();

  await visit(page, '#/data');
  await drop(page, [orders('may.csv', 40, 300, 90, 5)]);
  await settled(page);
  await visit(page, '#/tags/health');
  await expect(page.getByRole('heading', { name: 'Shifted since the last snapshot' })).toBeVisible();
  await expect(page.getByText('as of 28 Mar 2026 · march.csv · 2 segments')).toBeVisible();
  await accessible(page);
  await fits(page);
  await visit(page, '#/tags/user%3Amonetary');
  await expect(page.getByRole('table', { name: 'Spend' }).getByRole('row')).toHaveCount(11);
  // The segment now against itself then; by members alone, with the reason.
  await visit(page, `${top}?baseline=snapshot`);
  await expect(page.getByText(/^Top fifth by spending now against Top fifth by spending at the last snapshot/)).toBeVisible();
  await expect(page.getByText('not their revenue or order lines')).toBeVisible();
  await expect(page.getByRole('radiogroup', { name: 'Weight' })).toBeHidden();
  await accessible(page);
  await fits(page);
  await page
    .getByRole('link', { name: /Spend per order/ })
    .first()
    .click();
  await expect(page.getByText(/had too few members at the last snapshot/)).toBeVisible();
  // One undo takes back the file and the figures kept for it.
  await page.keyboard.press('Control+z');
  await settled(page);
  await visit(page, '#/tags/health');
  await expect(page.getByText('No figures of before are kept yet')).toBeVisible();
  await page.getByRole('button', { name: 'Remember these figures' }).click();
  await expect(page.getByText('as of 28 Mar 2026 · march.csv')).toBeVisible();
  await expect(page.getByText('stable PSI under 0.1')).toBeVisible();
  expect(problems).toEqual([]);
});
