import { expect, test } from '@playwright/test';
import { download, openApp, settled, tabTo } from './app.ts';

test('the job by keyboard alone: demo, segment, undo, another moment, comparison, exports', async ({ page }) => {
  const problems = await openApp(page);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const button = (name: string | RegExp) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const enter = async (target: ReturnType<typeof button>): Promise<void> => {
    await tabTo(page, target);
    await press('Enter');
  };
  await enter(page.locator('[data-demo="bank"]'));
  await expect(page.locator('main .t-figure').first()).toHaveText('12,000');
  await settled(page);

  // A segment, a second line, undone and done again.
  await enter(button('New'));
  const size = page.locator('.result .big');
  await expect(size).toHaveText('6,206');
  await enter(button('Behaviour'));
  await expect(size).toHaveText('324');
  await press('Control+z');
  await expect(size).toHaveText('6,206');
  await press('Control+Shift+z');
  await expect(size).toHaveText('324');
  await press('Control+z');
  await expect(size).toHaveText('6,206');

  // What is counted as of another day: static tags stay, and so does their segment.
  const asOf = button(/^As of/);
  await enter(asOf);
  await tabTo(page, page.getByRole('textbox', { name: 'Day' }));
  await press('Control+a');
  await page.keyboard.type('1 Mar 2026');
  await enter(button(/^Count as of 1 Mar 2026/));
  // The bar tells the moment that the figures are of: it changes once all tags are made again.
  await expect(asOf).toHaveText(/1 Mar 2026/, { timeout: 120_000 });
  await settled(page);
  await expect(size).toHaveText('6,206');
  await press('Control+z');
  await expect(asOf).toHaveText(/1 Sep 2026/, { timeout: 120_000 });
  await settled(page);

  // A line of a menu opens a dialog that can be typed into at once, and gives the focus back.
  const more = page.getByRole('main').getByRole('button', { name: 'More', exact: true });
  const heading = page.getByRole('heading', { level: 1 });
  await enter(more);
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of the segment' })).toBeFocused();
  await page.keyboard.type('Typed over');
  await press('Enter');
  await expect(heading).toHaveText('Typed over');
  await expect(more).toBeFocused();
  await press('Control+z');
  await expect(heading).toHaveText('New segment');

  // The segment beside another, and its tables as files.
  await enter(page.getByRole('link', { name: 'Compare', exact: true }));
  await expect(page.getByText(/another segment|second segment/i).first()).toBeVisible();
  await enter(button('Champions'));
  await settled(page);
  await enter(page.getByRole('link', { name: 'Compare', exact: true }));
  await settled(page);
  await expect(page.getByRole('main')).toContainText('New segment');

  await enter(button('Export'));
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('radio', { name: 'CSV' }));
  await press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'Parquet' })).toBeChecked();
  const parquet = await download(page, () => enter(dialog.getByRole('button', { name: 'Save' })));
  expect(parquet.name).toMatch(/\.parquet$/);
  expect(parquet.text.slice(0, 4)).toBe('PAR1');

  await press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await press('Escape');
  expect(problems).toEqual([]);
});
