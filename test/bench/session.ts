import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import type { Browser, BrowserServer, Page } from '@playwright/test';
import { findChromium, QUIET_FLAGS } from '../../scripts/chromium.ts';
import { family, spent, threadTimes } from './cpu.ts';

export const PATIENCE = 3_600_000;

export interface Session {
  browser: Browser;
  page: Page;
  /** Ids of the processes that hold the page and its workers. */
  renderers(): Promise<number[]>;
  close(): Promise<void>;
}

/** A fresh profile of a real Chromium on the built app. */
export async function session(): Promise<Session> {
  const server: BrowserServer = await chromium.launchServer({ executablePath: findChromium() ?? undefined, args: QUIET_FLAGS });
  const browser: Browser = await chromium.connect(server.wsEndpoint());
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  const root = server.process().pid!;
  const renderers = async (): Promise<number[]> => {
    const pids = await family(root);
    const lines = await Promise.all(pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const));
    return lines.filter(([, line]) => line.includes('--type=renderer')).map(([pid]) => pid);
  };
  return { browser, page, renderers, close: () => browser.close().then(() => server.close()) };
}

export const ready = (page: Page): Promise<unknown> => page.waitForSelector('html[data-boot="open"]', { timeout: PATIENCE });
export const idle = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset['busy'] === 'false' && !document.querySelector('[aria-busy="true"]'), undefined, {
    timeout: PATIENCE,
  });
/** Goes to a place as a link would: a new hash, no load. */
export const visit = (page: Page, hash: string): Promise<void> => page.evaluate((h) => void (location.hash = h), hash);

/** The start page of the app, ready for files. */
export async function opened(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await ready(page);
  await idle(page);
}

/** Chooses a file in the dialog, as a user does. */
export async function choose(page: Page, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page
      .getByRole('button', { name: /Choose files|Add files/ })
      .first()
      .click(),
  ]);
  await chooser.setFiles(path);
  await page.waitForFunction(() => document.documentElement.dataset['busy'] === 'true', undefined, { timeout: PATIENCE });
}

/** A second in which all threads together work less than this counts as rest. */
const REST_S = 0.05;

/** Waits until nothing goes on behind the page either: the index filled, the tables kept, code optimised. */
export async function rest({ page, renderers }: Pick<Session, 'page' | 'renderers'>): Promise<void> {
  await idle(page);
  await page.waitForFunction(
    () => document.documentElement.dataset['index'] === 'ready' && ['whole', 'failed'].includes(document.documentElement.dataset['saved'] ?? ''),
    undefined,
    { timeout: PATIENCE },
  );
  for (let before = await threadTimes(await renderers()); ;) {
    await new Promise((done) => setTimeout(done, 1000));
    const after = await threadTimes(await renderers());
    if (spent(before, after).all < REST_S) return;
    before = after;
  }
}
