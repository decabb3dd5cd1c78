import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Mapping } from '../../src/core/files.ts';
import { rows } from '../../src/core/frame.ts';
import type { Role } from '../../src/core/roles.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { prepareTags, resolveBasis } from '../../src/tags/compute.ts';
import { onBothEngines } from '../ingest/engines.ts';
import { rawCsv } from '../ingest/raw-helper.ts';

const ROLES: Record<string, Role> = { user: 'user_id', sku: 'product_id', at: 'at', total: 'amount', sex: 'gender', age: 'age', job: 'occupation' };
interface Line {
  at: string | null;
  user: string;
  sku: string;
  sex: string | null;
  age: number | null;
  job: string | null;
  /** Of the product. */
  shelf: string | null;
}
const text = (lines: readonly Line[]): string =>
  `user,sku,at,total,sex,age,job,shelf\n${lines.map((l) => [l.user, l.sku, l.at, 1, l.sex, l.age, l.job, l.shelf].map((v) => v ?? '').join(',')).join('\n')}\n`;

/** Users and products with their attributes, as every tag reads them at a moment. */
async function at(engine: Engine, lines: readonly Line[], settings: Settings, moment: string): Promise<unknown> {
  const facts = await rawCsv(engine, 'flat.csv', text(lines));
  const columns = facts.columns.map((c) => ({
    column: c.name,
    role: ROLES[c.name] ?? null,
    confidence: 'chosen' as const,
    guesses: [],
    evidence: '',
    asks: [],
  }));
  const mapping: Mapping = { files: [{ file: facts.id, shape: 'events', tables: ['events', 'users', 'products'], why: '', columns, options: {} }] };
  const { facts: data } = await buildTables(engine, [facts], mapping, settings);
  await prepareTags(engine, resolveBasis({ ...settings, asOf: moment }, data), data);
  const shelf = data.tables.products?.columns.some((c) => c.name === 'attr:shelf') ? 'b."attr:shelf"::VARCHAR' : 'NULL';
  return {
    users: rows(
      await engine.query(
        'SELECT i.user_id, b.gender::VARCHAR AS g, b.age::DOUBLE AS a, b.occupation::VARCHAR AS o FROM user_base b JOIN user_ids i USING (u) ORDER BY 1',
      ),
    ),
    products: rows(await engine.query(`SELECT i.product_id, ${shelf} AS s FROM product_base b JOIN product_ids i USING (p) ORDER BY 1`)),
  };
}

const some = <T>(...values: T[]): fc.Arbitrary<T | null> => fc.constantFrom(...values, null);
const files = fc.array(
  fc.record({
    at: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 28 }).map((d) => `2024-02-${String(d).padStart(2, '0')} 10:00:00`) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    user: fc.constantFrom('a', 'b', 'c', 'd'),
    sku: fc.constantFrom('p', 'q', 'r'),
    sex: some('female', 'male'),
    age: some(20, 30, 40),
    job: some('cook', 'smith'),
    shelf: fc.constant(null),
  }),
  { minLength: 12, maxLength: 40 },
);

onBothEngines('attributes of a flat export', (engine) => {
  it('at a moment are those of the file cut there', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.constantFrom('2024-02-08 00:00:00', '2024-02-15 10:00:00', '2024-03-01 00:00:00'), async (lines, moment) => {
        // What is there in the first place is no question here: every role has a value on a line that no cut takes.
        const all: Line[] = [{ at: '2024-01-01 00:00:00', user: 'z', sku: 'z', sex: 'male', age: 50, job: 'smith', shelf: null }, ...lines];
        const settings = { ...DEFAULT_SETTINGS, zone: 'UTC' };
        const whole = await at(engine(), all, settings, moment);
        const cut = await at(
          engine(),
          all.filter((l) => l.at === null || l.at < moment),
          settings,
          moment,
        );
        expect(whole).toEqual(cut);
      }),
      { numRuns: 12 },
    );
  }, 300_000);

  it('are the last told before it, whichever moment the tables were made for', async () => {
    const day = (d: string, rest: Partial<Line>): Line => ({
      at: `2024-02-${d} 10:00:00`,
      user: 'a',
      sku: 'p',
      sex: null,
      age: null,
      job: null,
      shelf: 'top',
      ...rest,
    });
    const lines = [
      day('01', { job: 'cook' }),
      day('02', { sex: 'female' }),
      day('05', { job: 'smith', shelf: 'low' }),
      ...Array.from({ length: 60 }, (_, i) => day('01', { user: `u${i}`, sku: `s${i}`, job: 'cook', shelf: 'top' })),
      ...Array.from({ length: 60 }, (_, i) => day('03', { user: `u${i}`, sku: `s${i}`, job: 'cook', shelf: 'top' })),
    ];
    const of = async (moment: string, made: string | null) => {
      const { users, products } = (await at(engine(), lines, { ...DEFAULT_SETTINGS, asOf: made }, moment)) as {
        users: Record<string, unknown>[];
        products: Record<string, unknown>[];
      };
      return [users[0]!['g'], users[0]!['o'], products[0]!['s']];
    };
    for (const made of [null, '2024-02-02 00:00:00']) {
      expect(await of('2024-02-02 00:00:00', made)).toEqual([null, 'cook', 'top']);
      expect(await of('2024-02-03 00:00:00', made)).toEqual(['female', 'cook', 'top']);
      expect(await of('2024-02-06 00:00:00', made)).toEqual(['female', 'smith', 'low']);
    }
  }, 120_000);
});
