import { expect, test } from '@playwright/test';
import { accessible, DATA, download, drop, has, openApp, settled } from './app.ts';

test.describe('the main job on files that nobody here wrote', () => {
  test('online retail: drop, tags, segment, profile, people, line, export, reload', async ({ page }) => {
    test.skip(!has('online_retail/online_retail.csv.gz'), 'online_retail is not beside the project');
    test.setTimeout(240_000);
    const problems = await openApp(page);
    await drop(page, `${DATA}online_retail/online_retail.csv.gz`);
    await settled(page);

    await page.goto('/#/data');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('One file makes');
    await expect(page.getByRole('button', { name: 'What CustomerID becomes' })).toContainText('User');
    await expect(page.getByRole('button', { name: 'What InvoiceNo becomes' })).toContainText('Order');
    await accessible(page);

    await page.goto('/#/tags');
    await settled(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('user tags');
    await page.locator('[data-tag="orders"]').click();
    await expect(page.getByRole('complementary')).toContainText('4,372');
    await accessible(page);

    // Champions by R, F and M: the acceptance number of the definitions.
    await page.goto('/#/segments');
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

    await page.goto('/#/segments');
    await page.reload();
    await page.waitForSelector('html[data-boot="open"]');
    await expect(page.getByRole('link', { name: /Champions/ })).toContainText('604', { timeout: 60_000 });
    expect(problems).toEqual([]);
  });

  test('telco: a table of users alone makes static tags and profiles', async ({ page }) => {
    test.skip(!has('telco/Telco-Customer-Churn.csv'), 'telco is not beside the project');
    const problems = await openApp(page);
    await drop(page, `${DATA}telco/Telco-Customer-Churn.csv`);
    await settled(page);
    await page.goto('/#/data');
    await expect(page.getByRole('button', { name: 'What customerID becomes' })).toContainText('User');
    await page.goto('/#/tags');
    await settled(page);
    await expect(page.locator('[data-tag="attr:Contract"]')).toBeVisible();
    await page.goto('/#/segments/everyone/profile');
    await settled(page);
    await expect(page.locator('.t-figure').first()).toHaveText('7,043');
    expect(problems).toEqual([]);
  });

  test('bank: rows without an id are users by their row', async ({ page }) => {
    test.skip(!has('bank/bank-full.csv'), 'bank is not beside the project');
    const problems = await openApp(page);
    await drop(page, `${DATA}bank/bank-full.csv`);
    await settled(page);
    await page.goto('/#/segments/everyone/profile');
    await settled(page);
    await expect(page.locator('.t-figure').first()).toHaveText('45,211');
    expect(problems).toEqual([]);
  });
});

for (const demo of ['flash-sale', 'bank']) {
  test(`demo ${demo}: one click to a profile, every place accessible, wide and narrow`, async ({ page }) => {
    test.setTimeout(180_000);
    const problems = await openApp(page);
    await accessible(page);
    await page.locator(`[data-demo="${demo}"]`).click();
    await page.waitForSelector('.picture');
    await settled(page);
    for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      for (const hash of ['#/data', '#/tags', '#/segments/everyone/profile', '#/segments/products/profile', '#/insights', '#/decisions', '#/measure', '#/privacy']) {
        await page.evaluate((h) => void (location.hash = h), hash);
        await settled(page);
        await accessible(page);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(sideways, `${hash} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
      }
    }
    expect(problems).toEqual([]);
  });
}
