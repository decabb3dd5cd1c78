/** Pictures of the shell and its parts, for looking at: `npx tsx test/ui-harness/shots.ts <folder> [name …]`. Builds and serves the harness first. */
import { chromium } from 'playwright';
import { serveHarness } from './served.ts';

const folder = process.argv[2] ?? 'shots';
const only = process.argv.slice(3);
const server = await serveHarness(4341);
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
interface Shot {
  name: string;
  url: string;
  act?: (page: import('playwright').Page) => Promise<void>;
  full?: boolean;
}
const shots: Shot[] = [
  { name: 'first', url: '' },
  { name: 'gallery', url: '?gallery', full: true },
  { name: 'explain', url: '?gallery&explain' },
  { name: 'insights', url: '?doc#/insights' },
  { name: 'privacy', url: '?doc#/privacy' },
  {
    name: 'palette',
    url: '?doc#/insights',
    act: async (p) => {
      await p.keyboard.press('Control+k');
      await p.waitForTimeout(600);
      await p.keyboard.type('dis');
      await p.waitForTimeout(300);
    },
  },
  {
    name: 'keys',
    url: '?doc#/insights',
    act: async (p) => {
      await p.keyboard.press('Shift+?');
      await p.waitForTimeout(600);
    },
  },
  {
    name: 'asof',
    url: '?doc#/insights',
    act: async (p) => {
      await p.keyboard.press('a');
      await p.waitForTimeout(1500);
    },
  },
];
for (const scheme of ['light', 'dark'] as const)
  for (const [size, w, h] of [
    ['wide', 1440, 900],
    ['phone', 390, 844],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme, hasTouch: size === 'phone' });
    page.on('console', (m) => {
      if (m.type() === 'error' || m.type() === 'warning') console.log(`[${scheme} ${size}]`, m.text().slice(0, 300));
    });
    page.on('pageerror', (e) => console.log(`[${scheme} ${size}] ERROR`, e.message, e.stack?.split('\n')[1]));
    for (const s of shots.filter((x) => !only.length || only.includes(x.name))) {
      await page.goto('about:blank');
      await page.goto(BASE + s.url, { waitUntil: 'load' });
      await page.waitForTimeout(1200);
      await s.act?.(page);
      await page.screenshot({ path: `${folder}/${s.name}-${size}-${scheme}.png`, fullPage: s.full ?? false });
    }
    await page.close();
  }
await browser.close();
await server.close();
