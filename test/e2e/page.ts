import { expect, test as base, type Page } from '@playwright/test';

/** What the self-test provokes on purpose; all else that the policy refuses fails the test. */
const OWN = /tessera\.invalid|Evaluating a string as JavaScript/;
const REFUSED = /Content Security Policy|Permissions policy violation|net::ERR_BLOCKED_BY/;

/** Waits until the app has tested itself and its workers and would accept files. */
export async function opened(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await page.waitForSelector('html[data-boot=open]', { timeout: 120_000 });
}

/** The test of the built app: fails on any request to another host and on anything that the policy refused, in page and workers. */
export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const origin = new URL(baseURL ?? '').origin;
    const foreign: string[] = [];
    const refused: string[] = [];
    page.context().on('request', (request) => {
      const url = request.url();
      if (!/^(blob|data):/.test(url) && new URL(url).origin !== origin && !OWN.test(url)) foreign.push(url);
    });
    page.context().on('console', (message) => {
      if (message.type() === 'error' && REFUSED.test(message.text()) && !OWN.test(message.text())) refused.push(message.text());
    });
    await use(page);
    expect(foreign, 'requests to other hosts').toEqual([]);
    expect(refused, 'refused by the policy').toEqual([]);
  },
});

export { expect };
