import { expect, test } from '@playwright/test';
import { accessible, download, drop, fits, openApp, settled, visit } from '../app.ts';

/** 60 users: every third bought twice, every other one in a sale, u0 never came back. */
function shop(): string {
  const lines = ['user_id,time,event,product_id,amount,discount'];
  for (let i = 0; i < 60; i++) {
    const day = String((i % 27) + 1).padStart(2, '0');
    lines.push(`u${i},2024-03-${day} 10:00:00,purchase,p${i % 5},${20 + i},${i % 2 ? 5 : 0}`);
    if (i % 3 === 0) lines.push(`u${i},2024-05-${day} 11:00:00,purchase,p${(i + 1) % 5},${10 + i},0`);
  }
  return lines.join('\n');
}

test('segments over each other, combined by keyboard, and lists of ids that come back', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [{ name: 'shop.csv', mimeType: 'text/csv', buffer: Buffer.from(shop()) }]);
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);

  // A list of ids: every line accounted for.
  await page.getByRole('button', { name: 'Ids', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('textbox', { name: 'Paste ids here' })
    .fill(['user_id', ...Array.from({ length: 18 }, (_, i) => `u${i}`), 'u3', 'nobody'].join('\n'));
  await expect(dialog.getByRole('status')).toHaveText('20 ids = 18 matched + 1 unknown + 1 doubled');
  await accessible(page);
  await dialog.getByRole('textbox', { name: 'Name of the segment' }).fill('First ones');
  await dialog.getByRole('button', { name: 'Make a segment of 18' }).click();
  await settled(page);
  await page.getByRole('button', { name: 'One-time buyers', exact: true }).click();
  await settled(page);

  // By keyboard: tick both, combine them, and look at the overlap.
  for (const name of ['First ones', 'One-time buyers']) {
    await page.getByRole('checkbox', { name: `Choose ${name} for an overlap` }).focus();
    await page.keyboard.press('Space');
  }
  await expect(page.getByRole('button', { name: /^In both/ })).toContainText('12');
  await page.getByRole('button', { name: /^First ones without/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /First ones without One-time buyers/ })).toContainText('6');
  await page.getByRole('link', { name: 'Show the overlap' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('67\u202f% of First ones are in One-time buyers too');
  await settled(page);
  await accessible(page);
  await fits(page);
  // A part makes a segment in one gesture; here the one outside both.
  await page
    .getByRole('button', { name: /^In none of them/ })
    .first()
    .click();
  await expect(page.getByRole('link', { name: /In none of them/ })).toContainText('14');

  // What is exported comes back as the same members.
  await visit(page, '#/segments/everyone/profile');
  await page.getByRole('link', { name: /^First ones without/ }).click();
  await page.getByRole('button', { name: 'Export' }).first().click();
  const saved = await download(page, () => dialog.getByRole('button', { name: 'Save 6 members' }).click());
  expect(saved.text.trim().split(/\r?\n/)).toHaveLength(7);
  expect(problems).toEqual([]);
});
