/** Pictures of the built app for README and for looking at: `tsx scripts/screens.ts [folder] [--only name] [--all]`. Needs `npm run build:app` first. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { startServer } from './serve.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, all: { type: 'boolean', default: false }, demo: { type: 'string', default: 'flash-sale' } },
});
const folder = positionals[0] ?? 'docs/screens';
mkdirSync(folder, { recursive: true });

const served = await startServer({ dir: 'dist', port: 0 });
const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});

/** Waits until no work is under way and no view is loading. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['busy'] !== 'true' && !document.querySelector('[aria-busy="true"]'), undefined, {
    timeout: 90_000,
  });
  await page.waitForTimeout(350);
}

interface Shot {
  name: string;
  hash: string;
  before?: (page: Page) => Promise<void>;
}
const shots: Shot[] = [
  { name: '02-data', hash: '#/data' },
  { name: '03-tags', hash: '#/tags' },
  { name: '03b-tag', hash: '#/tags/user%3Apurchasing_power' },
  { name: '04-everyone', hash: '#/segments/everyone/profile' },
  { name: '04b-products', hash: '#/segments/products/profile' },
  {
    name: '05-profile',
    hash: '#/segments/everyone/profile',
    before: async (page) => {
      await page.getByRole('button', { name: 'Champions', exact: true }).click();
      await page.waitForURL(/profile$/);
    },
  },
  { name: '05b-rule', hash: '', before: async (page) => void (await page.getByRole('link', { name: 'Rule', exact: true }).click()) },
  { name: '05c-members', hash: '', before: async (page) => void (await page.getByRole('link', { name: 'Members', exact: true }).click()) },
  {
    name: '05d-card',
    hash: '',
    before: async (page) => {
      await page.locator('[role=row].act').first().click();
    },
  },
  { name: '06-compare', hash: '', before: (page) => page.getByRole('link', { name: 'Compare', exact: true }).first().click() },
  {
    name: '06b-overlap',
    hash: '',
    before: async (page) => {
      await page.getByRole('button', { name: 'Top fifth by spending', exact: true }).click();
      await page.waitForURL(/profile$/);
      for (const name of ['Champions', 'Top fifth by spending']) await page.getByRole('checkbox', { name: `Choose ${name} for an overlap` }).check();
      await page.getByRole('link', { name: 'Show the overlap' }).click();
    },
  },
  {
    name: '06c-look',
    hash: '#/segments/everyone/look',
    before: async (page) => {
      await page.getByRole('button', { name: 'Look', exact: true }).click();
      await page.getByText(/triples tested/).waitFor({ timeout: 120_000 });
    },
  },
  { name: '03c-own', hash: '#/tags/new' },
  { name: '03d-health', hash: '#/tags/health' },
  {
    name: '03e-finer',
    hash: '#/tags/user%3Aage_band',
    before: async (page) => {
      await page
        .locator('.detail')
        .getByLabel(/Useful for/)
        .click();
      await page.getByRole('option', { name: /Buys a second time/ }).click();
      await page
        .locator('.detail')
        .getByText(/As it is, it tells|at least|has no|looking ahead|single value/)
        .first()
        .waitFor({ timeout: 60_000 });
    },
  },
  { name: '07-insights', hash: '#/insights' },
  { name: '07b-retention', hash: '#/insights/retention' },
  { name: '08-decisions', hash: '#/decisions' },
  { name: '08b-channel-mix', hash: '#/decisions/channel-mix' },
  { name: '08c-measure', hash: '#/measure' },
  { name: '09-privacy', hash: '#/privacy' },
];

const looks = [
  { suffix: 'light', width: 1440, height: 900, scheme: 'light' },
  { suffix: 'dark', width: 1440, height: 900, scheme: 'dark' },
  { suffix: 'phone', width: 390, height: 844, scheme: 'light' },
  { suffix: 'phone-dark', width: 390, height: 844, scheme: 'dark' },
] as const;

for (const look of values.all ? looks : looks.slice(0, 1)) {
  const context = await browser.newContext({ viewport: { width: look.width, height: look.height }, colorScheme: look.scheme, deviceScaleFactor: 1 });
  const page = await context.newPage();
  page.on('console', (m) => m.type() === 'error' && process.stderr.write(`console: ${m.text()}\n`));
  page.on('pageerror', (e) => process.stderr.write(`page: ${e.message}\n`));
  const save = async (name: string): Promise<void> => {
    if (values.only && !name.includes(values.only)) return;
    // Tiles below the fold are not drawn until they come near, so a whole page of them would be half empty.
    await page.screenshot({ path: join(folder, `${name}-${look.suffix}.png`), fullPage: !name.startsWith('03') && name !== '04-everyone' });
  };
  await page.goto(served.url);
  await page.waitForSelector('html[data-boot="open"]', { timeout: 60_000 });
  await settle(page);
  await save('01-first');
  const started = Date.now();
  await page.locator(`[data-demo="${values.demo}"]`).click();
  await page.waitForSelector('.picture, [data-view="profile"]', { timeout: 90_000 });
  process.stdout.write(`${look.suffix}: demo to first profile ${Date.now() - started} ms\n`);
  await settle(page);
  for (const shot of shots) {
    if (shot.hash) await page.evaluate((hash) => void (location.hash = hash), shot.hash);
    try {
      await shot.before?.(page);
      await page.waitForTimeout(150);
      await settle(page);
    } catch (e) {
      process.stderr.write(`${shot.name}: ${(e as Error).message.split('\n')[0]}\n`);
    }
    await save(shot.name);
  }
  await context.close();
}
await browser.close();
await served.close();
