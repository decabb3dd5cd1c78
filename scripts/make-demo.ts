import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { makeSnapshots } from './make-snapshots.ts';
import { findTruths, rowText } from './check-demo.ts';
import { makeBank } from './demo/bank.ts';
import { makeShop } from './demo/shop.ts';
import { writeTables } from './demo/write.ts';
import type { Written } from './demo/write.ts';

const out = join(import.meta.dirname, '../public/demo');

/** What the first screen shows of a demo before anything is loaded. */
interface Demo {
  id: string;
  name: string;
  question: string;
  currency: string;
  /** "20,000 users · 1,500 products · …" */
  summary: string;
  bytes: number;
  months: number;
  counts: Record<string, number>;
  /** One bar: shares sum to 1, those of whom it is not known last; `tone` says which colours mean something. */
  strip: { note: string; labels: string[]; parts: number[]; tone: 'stage' | 'kinds' };
  /** Paths are relative to demos.json. */
  files: (Written & { path: string })[];
  /** What it comes to, shown until its rows are loaded. */
  snapshot: string;
}

const LIFECYCLE = `WITH day AS (SELECT DISTINCT user_id, "at"::DATE AS d FROM events WHERE event = 'purchase'), gap AS (SELECT *, d - lag(d) OVER (PARTITION BY user_id ORDER BY d) AS g FROM day), s AS (SELECT user_id, DATE '2026-09-01' - max(d) AS r, DATE '2026-09-01' - min(d) AS age, coalesce(bool_or(g > 90 AND DATE '2026-09-01' - d <= 30), false) AS back FROM gap GROUP BY 1), l AS (SELECT CASE WHEN r > 180 THEN 'lost' WHEN r > 90 THEN 'dormant' WHEN r > 30 THEN 'at risk' WHEN age <= 30 THEN 'new' WHEN back THEN 'returned' ELSE 'active' END AS value FROM users LEFT JOIN s USING (user_id) WHERE r IS NOT NULL) SELECT value, count(*) AS n FROM l GROUP BY 1`;
const ORDER = {
  lifecycle: ['active', 'new', 'returned', 'at risk', 'dormant', 'lost', 'never bought'],
  appetite: ['cautious', 'balanced', 'growth', 'daring', 'not told'],
};

async function strip(
  folder: string,
  files: string[],
  sql: string,
  order: string[],
  total: number,
  rest: string,
): Promise<{ labels: string[]; parts: number[] }> {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  for (const name of files) await db.run(`CREATE VIEW ${name} AS FROM '${join(folder, name).replaceAll("'", "''")}.parquet'`);
  const counted = new Map((await db.runAndReadAll(sql)).getRowsJson().map(([value, n]) => [String(value), Number(n)]));
  db.closeSync();
  counted.set(rest, total - [...counted.values()].reduce((a, b) => a + b, 0));
  return { labels: order, parts: order.map((value) => Number(((counted.get(value) ?? 0) / total).toFixed(4))) };
}
const rowsOf = (files: Written[], name: string): number => files.find((f) => f.name === `${name}.parquet`)!.rows;
const bytesOf = (files: Written[]): number => files.reduce((sum, f) => sum + f.bytes, 0);

const percent = (bar: { labels: string[]; parts: number[] }, ...names: string[]): string =>
  names.map((name) => `${Math.round(100 * bar.parts[bar.labels.indexOf(name)]!)} % ${name}`).join(', ');
const count = (n: number): string => n.toLocaleString('en');
const placed = (id: string, files: Written[]): (Written & { path: string })[] => files.map((f) => ({ path: `${id}/${f.name}`, ...f }));

const shop = await writeTables(join(out, 'flash-sale'), makeShop());
const bank = await writeTables(join(out, 'bank'), makeBank());
const lifecycle = await strip(join(out, 'flash-sale'), ['users', 'events'], LIFECYCLE, ORDER.lifecycle, rowsOf(shop, 'users'), 'never bought');
const APPETITE = 'SELECT risk_appetite AS value, count(*) AS n FROM customers WHERE risk_appetite IS NOT NULL GROUP BY 1';
const appetite = await strip(join(out, 'bank'), ['customers'], APPETITE, ORDER.appetite, rowsOf(bank, 'customers'), 'not told');
const shopCounts = { users: rowsOf(shop, 'users'), products: rowsOf(shop, 'products'), events: rowsOf(shop, 'events') };
const bankCounts = { customers: rowsOf(bank, 'customers'), 'investment products': rowsOf(bank, 'products'), events: rowsOf(bank, 'events') };
const demos: Demo[] = [
  {
    id: 'flash-sale',
    name: 'Flash-sale shop',
    question: 'Which products should the flash sale carry, and for whom?',
    currency: 'EUR',
    summary: `${count(shopCounts.users)} users · ${count(shopCounts.products)} products · ${count(shopCounts.events)} events · 14 months`,
    bytes: bytesOf(shop),
    months: 14,
    counts: shopCounts,
    strip: { note: `By lifecycle stage: ${percent(lifecycle, 'active', 'at risk', 'lost')}`, ...lifecycle, tone: 'stage' },
    files: placed('flash-sale', shop),
    snapshot: 'flash-sale/snapshot.json',
  },
  {
    id: 'bank',
    name: 'Retail bank',
    question: 'Which product suits whom, by occupation, age and deposit?',
    currency: 'EUR',
    summary: `${count(bankCounts.customers)} customers · ${bankCounts['investment products']} investment products · balances over 18 months`,
    bytes: bytesOf(bank),
    months: 18,
    counts: bankCounts,
    strip: { note: `By risk appetite: ${percent(appetite, 'cautious', 'balanced')}`, ...appetite, tone: 'kinds' },
    files: placed('bank', bank),
    snapshot: 'bank/snapshot.json',
  },
];
await writeFile(join(out, 'demos.json'), `${JSON.stringify(demos, null, 2)}\n`);
await makeSnapshots();

const findings = await findTruths(out);
const part = (demo: string, title: string): string => {
  const lines = findings
    .filter((f) => f.truth.demo === demo)
    .map((f) => `### ${f.truth.title}\n\n${f.truth.text}\n\nFound in the files: ${rowText(f.row)}.\n`);
  return `## ${title}\n\n${lines.join('\n')}`;
};
await writeFile(
  join(out, 'TRUTHS.md'),
  `# What is planted in the demo data\n\nBoth data sets are made up by \`npx tsx scripts/make-demo.ts\` (same bytes on every run); nobody in them exists. Everything below is in the files on purpose, so that what Tessera finds can be checked.\n\`npx tsx scripts/check-demo.ts\` finds each of them again from the files alone.\n\n${part('flash-sale', 'Flash-sale shop, 1 July 2025 to 31 August 2026')}\n${part('bank', 'Retail bank, 1 March 2025 to 31 August 2026')}`,
);
const bad = findings.filter((f) => !f.holds);
for (const f of bad) console.error(`not found: ${f.truth.demo}: ${f.truth.title}: ${rowText(f.row)}`);
console.log(
  `${demos.map((d) => `${d.id} ${(d.bytes / 1e6).toFixed(1)} MB`).join(', ')}; ${findings.length - bad.length} of ${findings.length} truths found`,
);
process.exitCode = bad.length === 0 ? 0 : 1;
