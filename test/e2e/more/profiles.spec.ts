import { expect, test } from '@playwright/test';
import { accessible, drop, fits, openApp, settled, visit } from '../app.ts';

/** 240 people, a third in Lyon; those of Lyon on mobile buy coffee, others tea. */
function files(): { name: string; mimeType: string; buffer: Buffer }[] {
  const users = ['user_id,city,email,wishes'];
  const orders = ['user_id,order_id,event,product_id,amount,quantity,timestamp,channel,device'];
  for (let i = 0; i < 240; i++) {
    const lyon = i % 3 === 0;
    const device = i % 2 ? 'mobile' : 'desktop';
    users.push(`person-${1000 + i},${lyon ? 'Lyon' : i % 3 === 1 ? 'Paris' : 'Nice'},someone${i}@example.org,${i % 10}`);
    const times = lyon && i % 2 ? 3 : 1;
    for (let k = 0; k < times; k++) {
      const day = String(1 + ((i + 7 * k) % 28)).padStart(2, '0');
      orders.push(
        `person-${1000 + i},o${i}-${k},purchase,${lyon ? 'coffee' : 'tea'},${10 + (i % 5)},1,2024-0${1 + (k % 5)}-${day} 10:00:00,${i % 4 ? 'ads' : 'email'},${device}`,
      );
    }
  }
  const csv = (name: string, lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  return [csv('people.csv', users), csv('orders.csv', orders)];
}

test('a value opens its profile, tags are pinned and unpinned, segments compared, chance shown, a look made a segment, and personal fields stay hidden', async ({
  page,
}) => {
  const problems = await openApp(page);
  await drop(page, files());
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await page.getByRole('button', { name: 'Profile of …' }).click();
  await page.getByRole('button', { name: 'email 60' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Channel: email');
  await settled(page);
  await page.getByRole('button', { name: 'Keep as a segment' }).click();
  await settled(page);
  await page.locator('[data-profile-tag] header button').first().click();
  await expect(page.getByRole('heading', { name: 'Pinned' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByRole('heading', { name: 'Pinned' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Hold it against chance' }).click();
  await expect(page.locator('.mirror figure h2')).toContainText(/differ here/);
  await accessible(page);
  await fits(page);
  // A tile brushes: by keyboard one value, by mouse those it passes; the others follow, and Escape lets all go.
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  const tile = (id: string) => page.locator(`[data-profile-tag="${id}"]`).last();
  const value = (id: string, name: string) => tile(id).locator('li').filter({ hasText: name });
  const brushed = page.getByRole('group', { name: 'Only those with' });
  await value('city', 'Lyon').locator('button').focus();
  await page.keyboard.press('Shift+Enter');
  await expect(brushed.locator('.num').first()).toHaveText('80');
  await expect(value('city', 'Lyon').locator('button')).toHaveAttribute('aria-pressed', 'true');
  await expect(value('main_device', 'mobile')).toContainText('50');
  await tile('city').scrollIntoViewIfNeeded();
  const values = tile('city').locator('li');
  const [from, to] = [(await values.first().boundingBox())!, (await values.last().boundingBox())!];
  await page.mouse.move(from.x + 30, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, (from.y + to.y) / 2);
  await page.mouse.move(from.x + 30, to.y + 12);
  await page.mouse.up();
  await expect(brushed.locator('.num').first()).toHaveText('240');
  await page.keyboard.press('Escape');
  await expect(brushed).toHaveCount(0);
  // More values than a tile shows keep their order, and a drag held at the end of the list goes on: one run of values, none left out.
  const wishes = tile('attr:wishes');
  await expect(wishes.locator('.value')).toHaveText(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  await wishes.scrollIntoViewIfNeeded();
  const list = (await wishes.locator('ul').boundingBox())!;
  await page.mouse.move(list.x + 30, list.y + 3 * 24 + 12);
  await page.mouse.down();
  await page.mouse.move(list.x + 30, list.y + 5 * 24);
  await page.mouse.move(list.x + 30, list.y + list.height - 2);
  await expect(value('attr:wishes', '9').locator('button')).toHaveAttribute('aria-pressed', 'true');
  await page.mouse.up();
  await expect(wishes.locator('li:not(.pale) .value')).toHaveText(['3', '4', '5', '6', '7', '8', '9']);
  await expect(brushed.locator('.num').first()).toHaveText(String(7 * 24));
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Look everywhere' }).click();
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await expect(page.getByText(/values, .* pairs and .* triples tested/)).toBeVisible();
  await accessible(page);
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page);
  await page.setViewportSize(wide);
  await visit(page, '#/segments/everyone/members');
  // Other columns, and rows by one of them, from the greatest down and back.
  await page.getByRole('button', { name: 'Columns' }).click();
  await page
    .getByRole('option', { name: /^Orders/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
  const first = page.locator('[role=row].act').first();
  await page.getByRole('columnheader', { name: 'User' }).getByRole('button').click();
  await expect(first).toContainText('person-1000');
  await page.getByRole('columnheader', { name: 'User' }).getByRole('button').click();
  await expect(first).toContainText('person-1239');
  await page.getByRole('columnheader', { name: 'User' }).getByRole('button').click();
  await expect(first).toContainText('person-1000');
  await first.click();
  await expect(page.getByText('person-1000').first()).toBeVisible();
  await expect(page.getByText('example.org')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('someone0@example.org')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Most alike' })).toBeVisible();
  await settled(page);
  await accessible(page);
  expect(problems).toEqual([]);
});
