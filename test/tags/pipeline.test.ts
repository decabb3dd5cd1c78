import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../src/core/frame.ts';
import type { Value } from '../../src/core/frame.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNative } from '../../src/engine/native.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { openFile } from '../../src/ingest/open.ts';
import { computeTags } from '../../src/tags/compute.ts';
import { FIXTURE } from '../ingest/fixture.ts';
import { PRODUCT_EXPECTED, USER_EXPECTED } from './expected.ts';
import { BASIS } from './fixture.ts';
import { pairs, print } from './print.ts';

/** The same numbers when the files of the fixture go the whole way: opened, guessed, built. Only `referrer_id` is told, as one value in two is no user id. */
describe('tags of files', () => {
  let engine: Engine;
  const wide = { user: [] as Record<string, Value>[], product: [] as Record<string, Value>[] };
  beforeAll(async () => {
    engine = await openNative({ threads: 1 });
    const files = [];
    for (const [name, text] of Object.entries(FIXTURE))
      files.push(await openFile(engine, { name: `${name}.csv`, source: new TextEncoder().encode(text) }));
    const first = await guessMapping(engine, files);
    for (const c of first.files[0]!.columns) if (c.column === 'referrer_id') Object.assign(c, { role: 'referrer_id', confidence: 'chosen' });
    const { facts } = await buildTables(engine, files, await guessMapping(engine, files, first), DEFAULT_SETTINGS);
    await computeTags(engine, facts, BASIS);
    wide.user = rows(await engine.query('SELECT * FROM user_tags ORDER BY u'));
    wide.product = rows(await engine.query('SELECT * FROM product_tags ORDER BY p'));
  }, 240_000);
  afterAll(() => engine.close());

  for (const [entity, expected] of [
    ['user', USER_EXPECTED],
    ['product', PRODUCT_EXPECTED],
  ] as const)
    it.each(Object.entries(expected))(`${entity} %s: %s`, (id, text) => {
      const wanted = pairs(text);
      expect(wanted.map(([member]) => [member, print(wide[entity].find((r) => r[`${entity}_id`] === member)![id] ?? null)])).toEqual(wanted);
    });
});
