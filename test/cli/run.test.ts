import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli-run.ts';
import { TesseraError } from '../../src/core/errors.ts';
import type { FileFacts, Mapping } from '../../src/core/files.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import { definitionsOf } from '../../src/project/definitions.ts';
import type { StudioApi } from '../../src/project/studio-api.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  file = join(folder, 'orders.csv');
  await writeFile(file, 'Buyer,Total\na,1\n');
});
afterAll(() => rm(folder, { recursive: true }));

const facts = { id: 'f1', name: 'orders.csv', columns: [], rejectedRows: [], dialect: null, notes: [] } as unknown as FileFacts;
const mapping = (): Mapping => ({
  files: [
    {
      file: 'f1',
      shape: 'events',
      tables: ['events'],
      why: '',
      options: {},
      columns: [{ column: 'Buyer', role: null, confidence: 'attribute', guesses: [], evidence: '', asks: [] }],
    },
  ],
});

/** A studio that answers the little a test needs; `calls` says what it was asked. */
function fake(more: Partial<StudioApi> = {}) {
  const calls: [string, unknown[]][] = [];
  const say =
    (name: string, answer: unknown) =>
    (...args: unknown[]) => (calls.push([name, args]), Promise.resolve(answer));
  const studio = {
    open: say('open', [{ ok: true, facts }]),
    guess: say('guess', mapping()),
    build: say('build', { facts: { tables: {} }, joins: [], notes: [], accounts: [] }),
    basis: (settings: unknown) => Promise.resolve({ ...(settings as object), asOf: '2024-07-01 00:00:00' }),
    tags: say('tags', { tags: [], waiting: [], asOf: '2024-07-01 00:00:00', universe: { user: 9, product: 0 } }),
    size: say('size', { n: 3, universe: 9, revenue: 30, words: 'from France', sql: '', ms: 1 }),
    profile: say('profile', { n: 3 }),
    export: say('export', { name: 'x.csv', rows: 2, bytes: new TextEncoder().encode('user_id\r\na\r\n') }),
    ...more,
  } as unknown as StudioApi;
  return { studio, calls };
}

async function cli(argv: string[], studio: StudioApi): Promise<{ code: number; out: string; err: string; closed: boolean }> {
  let [out, err, closed] = ['', '', false];
  const code = await run(
    argv,
    { out: (t) => (out += t), err: (t) => (err += `${t}\n`) },
    () => Promise.resolve({ studio, close: () => Promise.resolve(void (closed = true)) }),
    '1.2.3',
  );
  return { code, out, err, closed };
}

test('help and version need no engine', async () => {
  const help = await cli(['--help'], null as unknown as StudioApi);
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain('tessera <command> FILE…');
  expect((await cli(['--version'], null as unknown as StudioApi)).out).toBe('1.2.3');
});

test('a role given on the command line is chosen, and the rest is guessed again around it', async () => {
  const { studio, calls } = fake();
  expect((await cli(['inspect', file, '--role', 'orders.csv:Buyer=user_id'], studio)).code).toBe(0);
  const again = calls.filter(([name]) => name === 'guess')[1]![1][1] as Mapping;
  expect(again.files[0]!.columns[0]).toMatchObject({ role: 'user_id', confidence: 'chosen' });
  const wrong = await cli(['inspect', file, '--role', 'orders.csv:Byer=user_id'], fake().studio);
  expect(wrong).toMatchObject({ code: 2, out: '', closed: true });
  expect(wrong.err).toContain('orders.csv has no column Byer.');
});

test('a group below k is not told', async () => {
  const answer = await cli(['segment', file, '--rule', '{"tag":"country","is":"France"}', '--quiet'], fake().studio);
  expect(JSON.parse(answer.out)).toMatchObject({ n: null, hidden: true, revenue: null, universe: 9, words: 'from France' });
  const open = await cli(['segment', file, '--rule', '{"tag":"country","is":"France"}', '--k', '1'], fake().studio);
  expect(JSON.parse(open.out)).toMatchObject({ n: 3, hidden: false, revenue: 30 });
});

test('--out writes the file and says what was written', async () => {
  const { studio, calls } = fake();
  const path = join(folder, 'ids.csv');
  const answer = await cli(['segment', file, '--rule', '{"all":[]}', '--tag', 'gender', '--out', path], studio);
  expect(JSON.parse(answer.out)).toMatchObject({ file: path, format: 'csv', rows: 2 });
  expect(await readFile(path, 'utf8')).toBe('user_id\r\na\r\n');
  expect(calls.find(([name]) => name === 'export')![1][0]).toMatchObject({ what: 'members', tags: ['gender'], format: 'csv' });
});

test('segments, settings and roles of a project are used', async () => {
  const path = join(folder, 'project.json');
  const segments = [{ id: 's1', name: 'French', rule: { tag: 'country', is: 'France' } }];
  await writeFile(
    path,
    JSON.stringify({
      // As the app saves it: no samples of columns, no view, no history.
      ...definitionsOf({
        schema: 1,
        id: 'p1',
        name: 'March',
        createdAt: '',
        savedAt: '',
        demo: null,
        files: [{ ...facts, id: 'old' }],
        mapping: { files: [{ ...mapping().files[0]!, file: 'old' }] },
        settings: { ...DEFAULT_SETTINGS, k: 2, zone: 'Europe/Paris' },
        segments,
        view: { theme: 'system', density: 'default' },
      }),
    }),
  );
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ name: 'March', files: [{ id: 'old', name: facts.name }] });
  expect(await readFile(path, 'utf8')).not.toContain('samples');
  const { studio, calls } = fake();
  const answer = await cli(['segment', file, '--project', path, '--segment', 'French'], studio);
  expect(JSON.parse(answer.out)).toMatchObject({ name: 'French', n: 3 });
  expect((calls.find(([name]) => name === 'guess')![1][1] as Mapping).files[0]!.file).toBe('f1');
  expect(calls.find(([name]) => name === 'build')![1][2]).toMatchObject({ k: 2, zone: 'Europe/Paris' });
  const unknown = await cli(['profile', file, '--project', path, '--segment', 'Dutch'], fake().studio);
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toContain('The project has no segment Dutch.\nIt has: French.');
  await writeFile(path, '{"schema":9}');
  expect((await cli(['tags', file, '--project', path], fake().studio)).err).toContain('no project of this version');
});

test('bad input ends with 2 and our sentence, a fault of ours with 1', async () => {
  const missing = await cli(['tags', join(folder, 'no.csv')], fake().studio);
  expect(missing).toMatchObject({ code: 2, out: '', closed: true });
  expect(missing.err).toContain('is not a file that can be read');
  const error = new TesseraError('FILE_EMPTY', 'orders.csv is empty.', { next: 'Export it again.', where: { file: 'orders.csv' } });
  const empty = await cli(['tags', file], fake({ open: () => Promise.resolve([{ ok: false, name: 'orders.csv', error }]) }).studio);
  expect(empty).toMatchObject({ code: 2, out: '', err: 'tessera: orders.csv is empty.\nExport it again.\n(orders.csv)\n' });
  const broken = await cli(['tags', file], fake({ build: () => Promise.reject(new TypeError('x is undefined')) }).studio);
  expect(broken.code).toBe(1);
  expect(broken.err).toContain('x is undefined');
});

test('inspect tells what it found even where no table can be made, and still ends with 2', async () => {
  const error = new TesseraError('MAP_NO_USER', 'No column says who the user is.', { next: 'Choose one with --role.' });
  const answer = await cli(['inspect', file], fake({ build: () => Promise.reject(error) }).studio);
  expect(answer.code).toBe(2);
  expect(JSON.parse(answer.out)).toMatchObject({ files: [{ name: 'orders.csv' }], tables: null });
  expect(answer.err).toContain('No column says who the user is.');
});
