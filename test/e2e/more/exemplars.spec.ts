import { encodeLink, segmentLink } from '../../../src/project/link.ts';
import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';
import { expect, test } from '../page.ts';

/** Sixty users of two towns over four months, as one file of orders. */
const rows = Array.from({ length: 360 }, (_, i) => {
  const u = i % 60;
  const month = 1 + Math.floor(i / 90);
  const town = u < 40 ? 'Lyon' : 'Nice';
  return `o${i},u${u},2024-0${month}-${String(1 + (i % 27)).padStart(2, '0')},p${i % 5},${(10 + u * (u < 40 ? 1 : 3)).toFixed(2)},${town},${u % 3 ? 'yes' : 'no'}`;
});
const orders = {
  name: 'orders.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['order_id,user_id,order_date,product_id,amount,city,newsletter', ...rows].join('\n')),
};

test('a question counted every way, a tag made finer, and a link that asks what stands for what', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [orders]);
  await settled(page);

  await visit(page, '#/insights/retention');
  await page.getByRole('button', { name: 'Count it every way' }).click();
  await expect(page.getByRole('heading', { name: /by every way to count/ })).toBeVisible({ timeout: 60_000 });
  await accessible(page);
  await fits(page);

  // The link was made on data that calls the town "place".
  const there = {
    id: 's',
    name: 'From the coast',
    rule: {
      all: [
        { tag: 'attr:users:place', is: 'Nice' },
        { tag: 'monetary', gte: 20 },
      ],
    },
  };
  const payload = await encodeLink(segmentLink(there, { segments: [there], ownTags: [], tags: [] }));
  await visit(page, `#/link/${payload}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add the segment “From the coast”?');
  await accessible(page);
  await page.getByLabel('attr:users:place').click();
  await page.getByRole('option', { name: /city/i }).first().click();
  await page.getByRole('button', { name: 'Add to the project' }).click();
  await expect(page).toHaveURL(/#\/segments\/[0-9a-f]{8}\/rule/);
  await settled(page);
  await expect(page.getByText('From the coast').first()).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('navigation', { name: 'Segments' }).getByText('From the coast')).toHaveCount(0);
  await visit(page, `#/link/${payload.slice(0, -9)}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link cannot be opened');

  await visit(page, '#/tags');
  await settled(page);
  await page.locator('[data-tag]').first().click();
  await page
    .locator('.detail')
    .getByLabel(/Useful for/)
    .click();
  await page.getByRole('option', { name: /Buys a second time/ }).click();
  await expect(
    page
      .locator('.detail')
      .getByText(/As it is, it tells|at least|has no|looking ahead|single value|No user has both/)
      .first(),
  ).toBeVisible({ timeout: 60_000 });
  await accessible(page);
  expect(problems).toEqual([]);
});
