import { expect, test } from '@playwright/test';
import { accessible, DATA, download, drop, has, openApp, settled, visit } from './app.ts';

test('online retail: drop, tags, segment, profile, people, line of the file, export, reload', async ({ page }) => {
  test.skip(!has('online_retail/online_retail.csv.gz'), 'online_retail is not beside the project');
  const problems = await openApp(page);
  await drop(page, `${DATA}online_retail/online_retail.csv.gz`);
  await settled(page);

  await visit(page, '#/data');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('One file makes');
  await expect(page.getByRole('button', { name: 'What CustomerID becomes' })).toContainText('User');
  await expect(page.getByRole('button', { name: 'What InvoiceNo becomes' })).toContainText('Order');
  await accessible(page);

  await visit(page, '#/tags');
  await settled(page);
  await page.locator('[data-tag="orders"]').click();
  await expect(page.getByRole('complementary')).toContainText('4,372');
  await accessible(page);

  // Champions by R, F and M: the acceptance number of the definitions.
  await visit(page, '#/segments');
  await page.getByRole('button', { name: 'Champions', exact: true }).click();
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('604');
  await accessible(page);

  const ids = await download(page, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  });
  expect(ids.text.trim().split(/\r?\n/)).toHaveLength(605);

  // From the segment to its people, to one user's events, to the line of the file.
  await page.getByRole('link', { name: 'Members', exact: true }).click();
  await settled(page);
  await page.locator('[role=row].act').first().click();
  await page.locator('.events .link').first().click();
  await expect(page.getByText('InvoiceNo', { exact: true })).toBeVisible();
  await accessible(page);

  await page.waitForSelector('html[data-saved="whole"]', { timeout: 60_000 });
  await page.reload();
  await page.waitForSelector('html[data-boot="open"]');
  await settled(page);
  await visit(page, '#/segments');
  await expect(page.getByRole('link', { name: /Champions/ })).toContainText('604');
  await visit(page, '#/segments/everyone/members');
  await settled(page);
  await expect(page.locator('[role=row].act').first()).toBeVisible();
  expect(problems).toEqual([]);
});
