import { existsSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Download, type Locator, type Page } from '@playwright/test';

/** Real files beside the project; tests that need them skip where they are absent, and say so. */
export const DATA = new URL('../../../shared/data/', import.meta.url).pathname;
export const has = (file: string): boolean => existsSync(DATA + file);

/** Opens the app on a fresh profile and waits until it accepts files. Fails the test on any error of the page or breach of the policy. */
export async function openApp(page: Page, hash = ''): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (e) => problems.push(e.message));
  page.on('console', (m) => {
    // The self-test asks for one foreign address on purpose and must be refused.
    if (m.type() === 'error' && !m.text().includes('https://tessera.invalid')) problems.push(m.text());
  });
  await page.goto(`/${hash}`);
  await page.waitForSelector('html[data-boot="open"][data-busy="false"]', { timeout: 60_000 });
  return problems;
}

/** Goes to a place as a link would: a new hash, no load. */
export const visit = (page: Page, hash: string): Promise<void> => page.evaluate((h) => void (location.hash = h), hash);

/** Waits until tables and tags are in line with the document and no view is loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false' && !document.querySelector('[aria-busy="true"]'), undefined, {
    timeout: 120_000,
  });
}

/** Drops files by the file dialog. */
export async function drop(page: Page, files: string | string[] | { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page
      .getByRole('button', { name: /Choose files|Add files/ })
      .first()
      .click(),
  ]);
  await chooser.setFiles(files);
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'true', undefined, { timeout: 30_000 });
}

/** Pastes cells as text onto the page, as they come out of a spreadsheet. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((t) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', t);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'true', undefined, { timeout: 30_000 });
}

/** The download that an action starts. Where none comes, what the open dialog says is in the failure. */
async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const coming = page.waitForEvent('download', { timeout: 120_000 }).catch(async (e: unknown) => {
    const said = await page.getByRole('dialog').allTextContents();
    throw new Error(
      `no download; the dialog says: ${said.join(' | ')}; ${JSON.stringify(await page.evaluate(() => ({ ...document.documentElement.dataset })))}`,
      { cause: e },
    );
  });
  return (await Promise.all([coming, act()]))[0];
}

/** Its name and its text. */
export async function download(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const file = await downloaded(page, act);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** Its bytes. */
export const bytesOf = async (page: Page, act: () => Promise<void>): Promise<Buffer> => readFileSync(await (await downloaded(page, act)).path());

/** No breach of WCAG 2.2 AA that axe can see. `but`: rules that cannot be judged where the page is scrolled under a bar. */
export async function accessible(page: Page, but: string[] = []): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).disableRules(but).analyze();
  const said = found.violations.map(
    (v) =>
      `${v.id}: ${v.nodes
        .map((n) => `${n.target.join(' ')} ${n.html.slice(0, 160)} (${[...n.any, ...n.all, ...n.none].map((c) => c.message).join('; ')})`)
        .slice(0, 3)
        .join(' | ')}`,
  );
  expect(said, new URL(page.url()).hash).toEqual([]);
}

/** The page does not scroll sideways, once charts have taken the width that they are given. */
export async function fits(page: Page): Promise<void> {
  const over = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(over, { message: `${new URL(page.url()).hash} scrolls sideways`, timeout: 5_000 }).toBeLessThanOrEqual(0);
}

/** Presses Tab until this is focused, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < most; i++) {
    if (await target.evaluate((el) => el === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} is not reached by ${most} times Tab`);
}
