import { startServer, type Served } from '../../scripts/serve.ts';
import { Browser } from '../driver/browser.ts';
import { openTrap } from '../egress/trap.ts';
import { expect, opened, test } from './page.ts';

/** The same test against a host that sends none of the headers. */
const bareTest = test.extend<object, { bare: Served }>({
  bare: [
    async ({ browserName: _ }, use) => {
      const served = await startServer({ dir: 'dist', port: 0, bare: true });
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ bare }, use) => use(bare.url),
});

test.describe('on a host that sends the policy', () => {
  test('goes nowhere: other paths, queries and hosts are refused, hashes are not', async ({ page }) => {
    await opened(page);
    const home = page.url();
    await page.evaluate(() => {
      location.href = 'https://tessera.invalid/?secret';
    });
    await page.evaluate(() => {
      location.href = './?secret';
    });
    await page.waitForTimeout(500);
    expect(page.url()).toBe(home);
    await page.evaluate(() => {
      location.hash = '#/tags';
    });
    expect(page.url()).toBe(`${home}#/tags`);
    await page.waitForSelector('html[data-boot=open]');
  });
});

test.describe('on a host that sends no headers', () => {
  bareTest('reloads once, then every file comes with the policy', async ({ page }) => {
    let loads = 0;
    page.on('load', () => loads++);
    await opened(page);
    expect(loads).toBe(2);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const policies = await page.evaluate(async () => {
      const files = (await (await fetch('./files.json')).json()) as { name: string }[];
      const code = files.filter(({ name }) => /\.(js|html)$/.test(name));
      return Promise.all(code.map(async ({ name }) => (await fetch(`./${name}`)).headers.get('Content-Security-Policy')));
    });
    expect(policies.length).toBeGreaterThan(1);
    for (const policy of policies) expect(policy).toContain("default-src 'none'");
  });

  bareTest('survives a reload with Shift', async ({ page }) => {
    await opened(page);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.reload', { ignoreCache: true });
    await page.waitForSelector('html[data-boot=starting]', { state: 'detached' });
    await page.waitForSelector('html[data-boot=open]');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  bareTest('refuses to run inside another page', async ({ browser, baseURL }) => {
    const other = await openTrap();
    const page = await browser.newPage();
    await page.goto(`http://localhost:${other.port}/frame.html`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), baseURL);
    await page.frameLocator('iframe').locator('html[data-boot=closed]').waitFor({ state: 'attached', timeout: 30_000 });
    await page.close();
    other.close();
  });

  // Chromium keeps the unguarded first page of a bare host and brings it back on a reload, unless the guarded one told it to go.
  bareTest('does not come back unguarded when the user reloads', async ({ baseURL }) => {
    const browser = await Browser.launch(); // Playwright's own switches that cache off
    try {
      const page = await browser.newPage(baseURL ?? '');
      const open = "document.documentElement.dataset.boot === 'open' && crossOriginIsolated";
      await page.until(open);
      await page.reload();
      await page.until(open, 20_000);
    } finally {
      await browser.close();
    }
  });

  bareTest('stays closed when the host serves other files than those of the release', async ({ page }) => {
    await page.route('**/guard.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '/* not ours */' }));
    await page.context().route('**/guard.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '/* not ours */' }));
    await page.goto('./');
    await page.waitForSelector('html[data-boot=closed]', { timeout: 30_000 });
  });
});
