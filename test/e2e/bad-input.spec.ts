import { expect, test } from '@playwright/test';
import { bytesOf, download, drop, openApp, paste, settled, visit } from './app.ts';

const file = (name: string, text: string | Buffer): { name: string; mimeType: string; buffer: Buffer } => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text as string),
});
const rows = Array.from({ length: 40 }, (_, i) => `u${i % 8},2026-0${1 + (i % 6)}-1${i % 9},${10 + i}.50`);
/** Forty good lines and two that are not, 42 and 43. */
const RAGGED = ['user_id,order_date,amount', ...rows, 'u1,2026-03-01', 'u2,2026-03-02,5,6,7'].join('\n');

test('ragged rows are told with their lines, each bad file gets a sentence, and what was loaded before stays', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [file('orders.csv', RAGGED)]);
  await settled(page);
  await visit(page, '#/data');
  await expect(page.getByLabel('Rejected rows')).toContainText('42');
  const saved = await download(page, () => page.getByRole('button', { name: 'Download 2 rows' }).click());
  expect(saved.name).toContain('rejected');
  expect(saved.text.split(/\r?\n/)[1]).toMatch(/^42,/);
  const bad = [
    file('empty.csv', ''),
    file('header.csv', 'user_id,amount\n'),
    file('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])),
    file('orders again.csv', RAGGED),
    file('cut.parquet', Buffer.from('PAR1abcdef')),
    file('locked.parquet', Buffer.from('PAR1abcdefgh\u0004\u0000\u0000\u0000PARE')),
    file('wide.csv', `${Array.from({ length: 2100 }, (_, i) => `c${i}`).join(',')}\n`),
  ];
  // A second file with rows that do not fit beside the bad ones: the same is noticed of both.
  await drop(page, [...bad, file('ragged too.csv', RAGGED.replaceAll('.50', '.75'))]);
  await settled(page);
  const failed = page.getByRole('alert', { name: 'These files were not opened' });
  for (const { name } of bad) await expect(failed).toContainText(name);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Two files');
  await expect(page.getByText('2 rows do not fit and are left out.')).toHaveCount(2);
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  await expect(page.locator('.t-figure').first()).toHaveText('8');
  expect(problems).toEqual([]);
});

test('two columns and no user: Tessera asks, and never invents one', async ({ page }) => {
  const problems = await openApp(page);
  await drop(page, [file('two.csv', 'a,b\n1.5,x y\n2.5,z w\n3.5,q r\n')]);
  await settled(page);
  await visit(page, '#/data');
  await expect(page.getByText(/which one is the user/i).first()).toBeVisible();
  expect(problems).toEqual([]);
});

test('pasted cells: ids, amounts and dates come in as they were written, and charts leave as pictures', async ({ page }) => {
  const problems = await openApp(page);
  await paste(
    page,
    [
      'customer_id;order_date;amount',
      '007;01.02.2026;"1.234,56 €"',
      '007;2026-02-03;(12,00)',
      '9007199254740993;5 Feb 2026;20,00',
      '9007199254740992;06.02.2026;30,00',
      ...['u1', 'u2', 'u3'].map((u) => `${u};07.02.2026;9,00`),
    ].join('\n'),
  );
  await settled(page);
  await visit(page, '#/segments/everyone/members');
  await settled(page);
  for (const id of ['007', '9007199254740993', '9007199254740992']) await expect(page.getByText(id, { exact: true }).first()).toBeVisible();
  await visit(page, '#/segments/everyone/profile');
  await settled(page);
  const picture = page.locator('[data-chart-frame]').first();
  const save = async (kind: string): Promise<Buffer> => {
    await picture.getByRole('button', { name: 'Save this chart' }).click();
    return bytesOf(page, () => page.getByRole('menuitem', { name: kind }).click());
  };
  const svg = (await save('Picture (SVG)')).toString();
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  // Nothing in it may point outside the file, or a picture would load something where it is opened.
  expect(svg).not.toMatch(/(href|src)="(?!#)|url\((?!["']?#)/);
  const png = await save('Picture (PNG)');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(width).toBeGreaterThan(1000);
  expect(height).toBeGreaterThan(200);
  expect(problems).toEqual([]);
});
