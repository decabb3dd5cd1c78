import { expect, test } from '@playwright/test';
import { download, drop, openApp, settled, visit } from '../app.ts';

const PEOPLE = 120_000;
const id = (i: number): string => `person-${String(i).padStart(6, '0')}`;

/** Longest task of the page's thread since it was last asked, in milliseconds. */
const longest = (page: import('@playwright/test').Page): Promise<number> =>
  page.evaluate(() => {
    const held = globalThis as unknown as { tasks?: number[] };
    if (!held.tasks) {
      const tasks: number[] = (held.tasks = []);
      new PerformanceObserver((list) => list.getEntries().forEach((e) => tasks.push(e.duration))).observe({ type: 'longtask' });
    }
    return Math.max(0, ...held.tasks!.splice(0));
  });

test('a list of a hundred thousand ids: every line accounted for, a segment of it, out and in again', async ({ page }) => {
  const problems = await openApp(page);
  const people = ['user_id,city,age', ...Array.from({ length: PEOPLE }, (_, i) => `${id(i)},${['Lyon', 'Paris', 'Nice'][i % 3]!},${20 + (i % 50)}`)];
  await drop(page, [{ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people.join('\n')) }]);
  await settled(page);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await longest(page);

  // 90,000 are there, 6,000 are not, 4,000 come twice.
  const list = [
    ...Array.from({ length: 90_000 }, (_, i) => id(i)),
    ...Array.from({ length: 6_000 }, (_, i) => `stranger-${i}`),
    ...Array.from({ length: 4_000 }, (_, i) => id(i * 3)),
  ];
  await page.getByRole('button', { name: 'Ids', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const choose = async (name: string, text: string): Promise<void> => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByText('Choose a file').click()]);
    await chooser.setFiles([{ name, mimeType: 'text/csv', buffer: Buffer.from(text) }]);
  };
  await choose('partners.csv', ['user_id', ...list].join('\n'));
  await expect(dialog.getByRole('status')).toHaveText('100,000 ids = 90,000 matched + 6,000 unknown + 4,000 doubled');
  for (const [part, n] of [
    ['matched', 90_000],
    ['unknown', 6_000],
    ['doubled', 4_000],
  ] as const) {
    const saved = await download(page, () => dialog.getByRole('button', { name: new RegExp(`Save ${part}`, 'i') }).click());
    expect(saved.text.trim().split(/\r?\n/)).toHaveLength(n + 1);
  }
  await dialog.getByRole('button', { name: 'Make a segment of 90,000' }).click();
  await settled(page);
  await expect(page.getByRole('link', { name: /^partners/ })).toContainText('90,000');
  await settled(page);
  console.log(`  longest task with 100,000 ids from a file: ${Math.round(await longest(page))} ms`);

  await page.getByRole('button', { name: 'Export' }).first().click();
  const out = await download(page, () => dialog.getByRole('button', { name: 'Save 90,000 members' }).click());
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Ids', exact: true }).click();
  // Pasted this time, as they came out.
  await dialog.getByRole('textbox', { name: 'Paste ids here' }).evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, out.text);
  await expect(dialog.getByRole('status')).toHaveText('90,000 ids = 90,000 matched + 0 unknown + 0 doubled');
  await page.keyboard.press('Escape');
  console.log(`  longest task with 90,000 ids pasted: ${Math.round(await longest(page))} ms`);

  await page.waitForSelector('html[data-saved="whole"]');
  await page.reload();
  await settled(page);
  await expect(page.getByRole('link', { name: /^partners/ })).toContainText('90,000');
  expect(problems).toEqual([]);
});
