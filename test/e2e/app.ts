import { existsSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Real files beside the project; tests that need them skip where they are absent, and say so. */
export const DATA = new URL('../../../shared/data/', import.meta.url).pathname;
export const has = (file: string): boolean => existsSync(DATA + file);
export const expected = (): Record<string, never> => JSON.parse(readFileSync(`${DATA}expected.json`, 'utf8')) as Record<string, never>;

/** Opens the app on a fresh profile and waits until it accepts files. Fails the test on any error of the page or breach of the policy. */
export async function openApp(page: Page, hash = ''): Promise<string[]> {
  const problems: string[] = [];
  page.on('pageerror', (e) => problems.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error') problems.push(m.text());
  });
  await page.goto(`/${hash}`);
  await page.waitForSelector('html[data-boot="open"]', { timeout: 60_000 });
  return problems;
}

/** Waits until tables and tags are in line with the document and no view is loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false' && !document.querySelector('[aria-busy="true"]'), undefined, { timeout: 120_000 });
}

/** Drops files by the file dialog. */
export async function drop(page: Page, files: string | string[] | { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /Choose files|Add files/ }).first().click()]);
  await chooser.setFiles(files);
}

/** The bytes of the download that an action starts. */
export async function download(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  const bytes = readFileSync((await file.path())!);
  return { name: file.suggestedFilename(), text: bytes.toString('utf8'), bytes };
}

export async function accessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`)).toEqual([]);
}
