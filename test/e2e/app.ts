import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';

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
  await page.waitForSelector('html[data-boot="open"]', { timeout: 60_000 });
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
