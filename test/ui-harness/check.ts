/** Holds the shell and its parts to WCAG 2.2 AA by axe, and tries keyboard and exports: `npx tsx test/ui-harness/check.ts`. Builds and serves the harness first. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright';
import { serveHarness } from './served.ts';

const server = await serveHarness(4343);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const BASE = server.url;
let bad = 0;
const check = (what: string, ok: boolean, more = ''): void => {
  if (!ok) bad++;
  console.log(ok ? 'ok  ' : 'FAIL', what, ok ? '' : more);
};
async function axe(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  check(
    `axe ${name}`,
    violations.length === 0,
    violations
      .map(
        (v) =>
          `${v.id}: ${v.nodes
            .slice(0, 4)
            .map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`)
            .join(' || ')}`,
      )
      .join('\n     '),
  );
}
for (const scheme of ['light', 'dark'] as const)
  for (const width of [1440, 390]) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    page.on('pageerror', (e) => check(`no error (${scheme} ${width})`, false, e.message));
    const open = async (url: string): Promise<void> => {
      await page.goto('about:blank');
      await page.goto(BASE + url);
      await page.waitForTimeout(2500);
    };
    for (const [name, url] of [
      ['first', ''],
      ['gallery', '?gallery'],
      ['explain', '?gallery&explain'],
      ['insights', '?doc#/insights'],
      ['privacy', '?doc#/privacy'],
    ]) {
      await open(url!);
      await axe(page, `${name} ${scheme} ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`no sideways scroll: ${name} ${width}`, wide <= 0, String(wide));
    }
    await open('?doc#/insights');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('[role=dialog] input');
    await page.keyboard.type('dis');
    await page.waitForTimeout(300);
    await axe(page, `palette ${scheme} ${width}`);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(600);
    check('palette goes to a tag', page.url().includes('#/tags/'), page.url());
    await page.keyboard.press('a');
    await page.waitForSelector('.cal');
    await axe(page, `as-of ${scheme} ${width}`);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
    await page.keyboard.press('Shift+?');
    await page.waitForSelector('.keys');
    await axe(page, `keys ${scheme} ${width}`);
    if (scheme === 'light' && width === 1440) {
      await open('?gallery');
      const mark = page.locator('svg.chart rect.hit').first();
      await mark.focus();
      const label = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
      const one = await label();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(100);
      const two = await label();
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(100);
      const three = await label();
      check('arrows walk the picture', !!one && !!two && !!three && new Set([one, two, three]).size === 3, `${one} / ${two} / ${three}`);
      check('the tooltip says the same words', (await page.locator('.holder .tip').first().textContent()) === three);
      await page.keyboard.press('Enter');
      await page.waitForSelector('aside.panel');
      check('the panel takes the focus', await page.evaluate(() => !!document.activeElement?.closest('aside.panel')));
      await page.keyboard.press('Escape');
      await page.waitForTimeout(300);
      check('and gives it back', (await label()) === three, String(await label()));
      for (const [kind, name] of [
        ['SVG', /\.svg$/],
        ['PNG', /\.png$/],
        ['CSV', /\.csv$/],
      ] as const) {
        await page.locator('figure [aria-label="Save this chart"]').first().click();
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: kind }).click()]);
        const bytes = readFileSync(await download.path());
        check(`${kind} is saved`, name.test(download.suggestedFilename()) && bytes.length > 500, `${download.suggestedFilename()} ${bytes.length}`);
        if (process.argv[2]) await download.saveAs(`${process.argv[2]}/chart.${kind.toLowerCase()}`);
        if (kind === 'SVG') {
          const parsed = await page.evaluate((t) => {
            const d = new DOMParser().parseFromString(t, 'image/svg+xml');
            return {
              error: !!d.querySelector('parsererror'),
              foreign: [...d.querySelectorAll('*')].filter((e) =>
                [...e.attributes].some((a) => /href|^on/i.test(a.name) || /url\((?!#)/.test(a.value) || /var\(/.test(a.value)),
              ).length,
              text: d.documentElement.textContent?.slice(0, 60),
            };
          }, bytes.toString());
          check(
            'the SVG is whole, resolved and self-contained',
            !parsed.error && parsed.foreign === 0 && (parsed.text ?? '').includes('They buy'),
            JSON.stringify(parsed),
          );
        }
      }
      const grid = page.locator('[role=grid]').last();
      await grid.locator('[role=gridcell]').first().focus();
      await page.keyboard.press('Control+End');
      await page.waitForTimeout(500);
      check(
        'the last of 5,000 rows is reached by key',
        (await page.evaluate(() => document.activeElement?.getAttribute('data-r'))) === '4999',
        String(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))),
      );
      check('and few rows are drawn', (await grid.locator('[role=row]').count()) < 60);
      await page.keyboard.press('Control+Home');
      await page.waitForTimeout(300);
      await page.keyboard.press('Control+c');
      check('a row is copied as text', (await page.evaluate(() => navigator.clipboard.readText())).startsWith('u-000000\t'));
    }
    await context.close();
  }
await browser.close();
await server.close();
console.log(bad ? `${bad} failed` : 'all well');
process.exitCode = bad ? 1 : 0;
