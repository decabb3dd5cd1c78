import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';
import { expect, test } from '../page.ts';

/** A flat export of sales: one buyer who changes gender, birthdays around the last day, and a column that says who did not pay. */
function sales(): string {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const u = i % 40;
    const day = `2024-0${1 + (i % 6)}-${String(1 + (i % 28)).padStart(2, '0')} 10:00:00`;
    const gender = u === 3 && i > 200 ? 'M' : u % 2 ? 'F' : 'M';
    return `o${i},${day},u${String(u).padStart(2, '0')},${gender},198${u % 10}-0${1 + (u % 9)}-15,${u % 8 ? 'no' : 'yes'},p${i % 7},${10 + (i % 5)}.50`;
  });
  return `order_id,order_date,user_id,gender,birth_date,overdue,product_id,amount\n${rows.join('\n')}\n`;
}

test('contradictions are told with an example, and a rule in words is taken as text', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [{ name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(sales()) }]);
  await settled(page);

  await visit(page, '#/tags/health');
  await expect(page.getByText('1 user with more than one gender')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('sales.csv › gender');
  await accessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Open the card of u03' }).click();
  await expect(page.getByRole('main')).toContainText('u03');

  await visit(page, '#/segments');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await settled(page);
  await page.getByRole('radio', { name: 'Words' }).click();
  const field = page.getByRole('textbox', { name: 'The rule in words' });
  await field.fill('gender is female and colour is red');
  await field.blur();
  await expect(page.getByRole('alert')).toContainText('cannot be read from “colour” on');
  await accessible(page);
  await field.fill('gender is female and bought in at least 2 orders');
  await field.blur();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: 'users' }).first()).toContainText(/\d+ users/);
  await expect(field).toHaveValue('gender is female and bought in at least 2 orders');
  await page.getByRole('radio', { name: 'JSON' }).click();
  await expect(page.getByRole('textbox', { name: 'The rule as JSON' })).toHaveValue(/"count"/);
  expect(problems).toEqual([]);
});
