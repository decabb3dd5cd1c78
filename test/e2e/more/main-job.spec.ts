import { expect, test } from '@playwright/test';
import { DATA, drop, has, openApp, settled, visit } from '../app.ts';

test.describe('the main job on files that nobody here wrote', () => {
  test('telco: a table of users alone makes static tags and profiles', async ({ page }) => {
    test.skip(!has('telco/Telco-Customer-Churn.csv'), 'telco is not beside the project');
    const problems = await openApp(page);
    await drop(page, `${DATA}telco/Telco-Customer-Churn.csv`);
    await settled(page);
    await visit(page, '#/data');
    await expect(page.getByRole('button', { name: 'What customerID becomes' })).toContainText('User');
    await visit(page, '#/tags');
    await settled(page);
    await expect(page.locator('[data-tag="attr:Contract"]')).toBeVisible();
    await visit(page, '#/segments/everyone/profile');
    await settled(page);
    await expect(page.locator('.t-figure').first()).toHaveText('7,043');
    expect(problems).toEqual([]);
  });

  test('bank: rows without an id are users by their row', async ({ page }) => {
    test.skip(!has('bank/bank-full.csv'), 'bank is not beside the project');
    const problems = await openApp(page);
    await drop(page, `${DATA}bank/bank-full.csv`);
    await settled(page);
    await visit(page, '#/segments/everyone/profile');
    await settled(page);
    await expect(page.locator('.t-figure').first()).toHaveText('45,211');
    expect(problems).toEqual([]);
  });
});
