import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli-run.ts';
import { openNative } from '../../src/engine/native.ts';
import { Studio } from '../../src/project/studio.ts';

const root = join(import.meta.dirname, '../..');
const fixture = ['users', 'products', 'events', 'edges'].map((name) => join(root, 'test/fixtures/definitions', `${name}.csv`));
const real = (path: string): string | null => {
  const found = join(root, '../shared/data', path);
  if (existsSync(found)) return found;
  console.warn(`skipped: ${found} is not here`);
  return null;
};
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'cli-real-'))));
afterAll(() => rm(folder, { recursive: true }));

async function cli(...argv: string[]) {
  let [out, err] = ['', ''];
  const open = async () => {
    const engine = await openNative({ threads: 1 });
    return { studio: new Studio(engine), close: () => engine.close() };
  };
  const code = await run([...argv, '--quiet'], { out: (t) => (out += t), err: (t) => (err += `${t}\n`) }, open, '0');
  return { code, err, json: out === '' ? null : (JSON.parse(out) as Record<string, unknown>) };
}
interface Column {
  name: string;
  role: string | null;
  confidence: string;
  evidence: string;
}

test('inspect: roles, evidence and tables of the fixture', async () => {
  const { code, json } = await cli('inspect', ...fixture);
  expect(code).toBe(0);
  const files = json!.files as {
    name: string;
    encoding: string;
    delimiter: string;
    rows: number;
    rejected: number;
    shape: string;
    columns: Column[];
  }[];
  expect(files.map((f) => [f.name, f.shape, f.rows, f.rejected, f.delimiter])).toEqual([
    ['users.csv', 'users', 8, 0, ','],
    ['products.csv', 'products', 6, 0, ','],
    ['events.csv', 'events', 33, 0, ','],
    ['edges.csv', 'edges', 5, 0, ','],
  ]);
  const evidence = files.flatMap((f) => f.columns.map((c) => c.evidence));
  expect(evidence.filter((text) => text.includes('“'))).not.toEqual([]);
  expect(evidence.filter((text) => text.includes('*'))).toEqual([]);
  expect(files[2]!.columns.find((c) => c.name === 'order_id')).toMatchObject({ role: 'order_id' });
  expect(json).toMatchObject({ users: 8, products: 6, events: { purchase: 21, refund: 1 } });
});

test('tags: coverage and distribution, as of the instant asked for', async () => {
  const { code, json } = await cli('tags', ...fixture, '--as-of', '2024-07-01', '--k', '1');
  expect(code).toBe(0);
  expect(json).toMatchObject({ asOf: '2024-07-01 00:00:00', universe: { user: 8, product: 6 } });
  const tags = json!.tags as { id: string; entity: string; coverage: number; values: { value: string; n: number }[] }[];
  const lifecycle = tags.find((t) => t.id === 'lifecycle')!;
  expect(lifecycle.coverage).toBe(6 / 8);
  expect(Object.fromEntries(lifecycle.values.map((v) => [v.value, v.n]))).toMatchObject({
    active: 1,
    new: 1,
    'at risk': 1,
    dormant: 1,
    lost: 1,
    returned: 1,
  });
});

test('tags --out: one row per user, as CSV and as Parquet', async () => {
  const csv = join(folder, 'users.csv');
  expect(await cli('tags', ...fixture, '--as-of', '2024-07-01', '--out', csv)).toMatchObject({ code: 0, json: { rows: 8, format: 'csv' } });
  const lines = (await readFile(csv, 'utf8')).trim().split(/\r?\n/);
  const header = lines[0]!.split(',');
  expect(header[0]).toBe('user_id');
  expect(lines[1]!.split(',')[header.indexOf('orders')]).toBe('6');
  const parquet = join(folder, 'products.parquet');
  expect(await cli('tags', ...fixture, '--entity', 'product', '--out', parquet)).toMatchObject({ code: 0, json: { rows: 6, format: 'parquet' } });
  expect((await readFile(parquet)).subarray(0, 4).toString()).toBe('PAR1');
});

test('segment: size, words, and ids with chosen tags', async () => {
  const rule = '{"did":{"event":"purchase","within":{"last":[30,"day"]}}}';
  const asked = ['--as-of', '2024-07-01', '--k', '1', '--rule', rule];
  expect(await cli('segment', ...fixture, ...asked)).toMatchObject({ code: 0, json: { n: 3, universe: 8 } });
  const out = join(folder, 'ids.csv');
  await cli('segment', ...fixture, ...asked, '--tag', 'gender', '--out', out);
  expect((await readFile(out, 'utf8')).trim().split(/\r?\n/)).toEqual(['user_id,gender', 'u1,female', 'u2,female', 'u6,']);
  const few = await cli('segment', ...fixture, '--as-of', '2024-07-01', '--rule', rule, '--out', out);
  expect(few.code).toBe(2);
  expect(few.err).toContain('fewer than 5');
});

test('profile: the worked example of the definitions', async () => {
  const { json } = await cli(
    'profile',
    ...fixture,
    '--as-of',
    '2024-07-01',
    '--k',
    '1',
    '--rule',
    '{"did":{"event":"purchase","within":{"last":[30,"day"]}}}',
  );
  const tags = json!.tags as { id: string; cells: { value: string; a: number; K: number; tgi: number; lo: number; hi: number }[] }[];
  const female = tags.find((t) => t.id === 'gender')!.cells.find((c) => c.value === 'female')!;
  expect(female).toMatchObject({ a: 2, K: 4 });
  expect([female.tgi, female.lo, female.hi].map((x) => x.toFixed(2))).toEqual(['175.00', '102.31', '299.33']);
});

test('--role changes what a column means', async () => {
  const { json } = await cli('inspect', ...fixture, '--role', 'users.csv:occupation=none');
  const users = (json!.files as { columns: Column[] }[])[0]!;
  expect(users.columns.find((c) => c.name === 'occupation')).toMatchObject({ role: null, confidence: 'chosen' });
});

test.each([
  ['a wrong tag', ['segment', ...fixture, '--rule', '{"tag":"shoe_size","is":42}'], 'shoe_size'],
  ['a wrong value type', ['segment', ...fixture, '--rule', '{"tag":"orders","is":"many"}'], 'Orders'],
  ['a missing file', ['tags', 'no.csv'], 'no.csv'],
])('%s ends with 2 and a sentence', async (_, argv, words) => {
  const answer = await cli(...argv);
  expect(answer).toMatchObject({ code: 2, json: null });
  expect(answer.err).toContain(words);
  expect(answer.err).not.toContain('    at ');
});

test('an empty file and a binary one are named', async () => {
  const [empty, binary] = [join(folder, 'empty.csv'), join(folder, 'photo.csv')];
  await writeFile(empty, '');
  await writeFile(binary, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  for (const path of [empty, binary]) {
    const answer = await cli('inspect', path);
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(/^tessera: .+\.\n.+/);
  }
});

test('the door: JSON on stdout, progress on stderr, exit codes', async () => {
  const door = (...argv: string[]) => promisify(execFile)(process.execPath, ['--import', 'tsx', join(root, 'src/cli.ts'), ...argv], { cwd: root });
  const good = await door('segment', ...fixture, '--rule', '{"all":[]}');
  expect(JSON.parse(good.stdout)).toMatchObject({ n: 8 });
  expect(good.stderr).toContain('users.csv');
  await expect(door('paint', 'x.csv')).rejects.toMatchObject({ code: 2, stdout: '' });
}, 120_000);

const telco = real('telco');
test.skipIf(!telco)('telco: a users table alone', async () => {
  const file = (await import('node:fs')).readdirSync(telco!).find((name) => name.endsWith('.csv'))!;
  const { code, json } = await cli('inspect', join(telco!, file));
  expect(code).toBe(0);
  expect(json).toMatchObject({ users: 7043 });
});
