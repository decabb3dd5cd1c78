import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listedDemos, snapshotOf } from '../../scripts/make-snapshots.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';

for (const demo of listedDemos()) {
  test(`${demo.id}: its snapshot is what its files come to`, async () => {
    const shipped = JSON.parse(readFileSync(new URL(`../../public/demo/${demo.snapshot}`, import.meta.url), 'utf8')) as Snapshot;
    const made = JSON.parse(JSON.stringify(await snapshotOf(demo))) as Snapshot;
    // Part by part: a difference of the whole would be shown as half a megabyte.
    for (const part of Object.keys(made) as (keyof Snapshot)[])
      expect(shipped[part], `${part} (npx tsx scripts/make-snapshots.ts)`).toEqual(made[part]);
    expect(Object.keys(shipped)).toEqual(Object.keys(made));
  }, 300_000);
}
