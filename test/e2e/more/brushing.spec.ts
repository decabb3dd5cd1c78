import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';
import { expect, test } from '../page.ts';

/** Targets that are scrolled half under the top or the brushed bar are no smaller for that. */
const UNDER_BARS = ['target-size'];
const csv = (name: string, lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
/** Thirty-six products of three categories, sold to ninety people over nine months: the first sell much and steadily, others by chance. */
function files(): { name: string; mimeType: string; buffer: Buffer }[] {
  const products = ['product_id,name,category,brand,price'];
  for (let p = 0; p < 36; p++) products.push(`sku-${p},Thing ${p},${['Tea', 'Coffee', 'Cups'][p % 3]},${p % 2 ? 'Alto' : 'Basso'},${10 + p}`);
  const orders = ['order_id,user_id,order_date,product_id,amount,channel,city'];
  let n = 0;
  for (let month = 1; month <= 9; month++)
    for (let p = 0; p < 36; p++)
      for (let k = 0; k < (p < 12 ? 6 : 1 + ((month * (p + 1)) % 4)); k++) {
        const user = (n * 7 + p) % 90;
        const price = (p < 12 ? 60 : 8) + (user % 5);
        orders.push(
          `o${n},u${user},2024-0${month}-${String(1 + (n % 27)).padStart(2, '0')},sku-${p},${price},${user % 3 ? 'ads' : 'email'},${user < 50 ? 'Lyon' : 'Nice'}`,
        );
        n++;
      }
  return [csv('products.csv', products), csv('orders.csv', orders)];
}

test('every chart of a profile brushes the others, by keyboard, mouse and finger, and what is brushed becomes a segment', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, files());
  await settled(page);
  const brushed = page.getByRole('group', { name: 'Only those with' });
  const count = brushed.locator('.num').first();

  // Products: the matrix, the roll-up and the tiles narrow each other, and none itself.
  await visit(page, '#/segments/products/profile');
  await settled(page);
  const cells = page.locator('[data-assortment] svg .hit');
  const rows = page.locator('[data-roll-ups] tbody tr');
  await expect(cells.first()).toBeVisible();
  const inRows = async (): Promise<number> => (await rows.locator('td:nth-child(2)').allTextContents()).reduce((s, x) => s + Number(x), 0);
  await expect.poll(inRows).toBe(36);
  const whole = { cells: await cells.count(), rows: await rows.count() };
  expect(whole.rows).toBeGreaterThan(1);
  await cells.first().focus();
  await page.keyboard.press('Shift+Enter');
  const inCell = Number(/(\d+) products/.exec((await cells.first().getAttribute('aria-label'))!)![1]);
  await expect(count).toHaveText(String(inCell));
  await expect(cells).toHaveCount(whole.cells);
  await expect.poll(inRows).toBe(inCell);
  await page.keyboard.press('Shift+Enter');
  await expect(brushed).toHaveCount(0);
  await expect.poll(inRows).toBe(36);
  await rows.first().getByRole('button').focus();
  const inRow = Number(await rows.first().locator('td').nth(1).textContent());
  await page.keyboard.press('Shift+Enter');
  await expect(count).toHaveText(String(inRow));
  await expect(rows).toHaveCount(whole.rows);
  const ofCells = async (): Promise<number> =>
    (await cells.evaluateAll((all) => all.map((e) => Number(/(\d+) products/.exec(e.getAttribute('aria-label')!)![1])))).reduce((s, x) => s + x, 0);
  await expect.poll(ofCells).toBe(inRow);
  await accessible(page, UNDER_BARS);
  await page.keyboard.press('Escape');

  // A group that is only looked at: a number cut at the median of the comparison, everything else follows.
  await page.getByRole('button', { name: 'Profile of …' }).click();
  await page.getByRole('button', { name: /^email \d/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Channel: email');
  await settled(page);
  const all = Number(await page.locator('.t-figure').first().textContent());
  const number = page.locator('[data-numbers] tbody button').first();
  await number.focus();
  await page.keyboard.press('Shift+Enter');
  await expect(number).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.t-figure').first()).not.toHaveText(String(all));
  const left = Number(await count.textContent());
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(all);
  await expect(brushed.getByRole('button', { name: 'Add to the rule' })).toHaveCount(0);
  await accessible(page, UNDER_BARS);
  // The chance mirror takes those who are left.
  await page.getByRole('button', { name: 'Hold those left against chance' }).click();
  await expect(page.locator('.mirror figure h2')).toContainText(/differ here/);
  await expect(page.locator('.mirror')).toContainText(`random groups of ${left}`);
  await expect(page.locator('.mirror')).toContainText('cannot be brushed');
  await brushed.getByRole('button', { name: 'New segment' }).click();
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText(String(left));
  const own = new URL(page.url()).hash;

  // By finger on a small screen: along a row of the picture; a number by the action of its explanation.
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  const bar = page.locator('[data-as-of] svg .hit').first();
  await bar.scrollIntoViewIfNeeded();
  const box = (await bar.boundingBox())!;
  const finger = await page.context().newCDPSession(page);
  await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const y = box.y + box.height / 2;
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 2, y }] });
  for (const part of [0.2, 0.4, 0.6])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: box.x + box.width * part, y }] });
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(brushed).toBeVisible();
  await fits(page);
  await accessible(page, UNDER_BARS);
  await page.keyboard.press('Escape');
  // Where its own profile is refused, the headline is not that of who was looked at before.
  await visit(page, `${own}?baseline=snapshot`);
  await expect(page.getByText('No figures of before are kept')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('%');
  expect(problems).toEqual([]);
});
