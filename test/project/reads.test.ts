import { expect, it } from 'vitest';
import { analysesOf } from '../../src/project/analyses.ts';
import { channelMix } from '../../src/decisions/channel-mix.ts';
import { demandQueries } from '../../src/decisions/channel-mix-sql.ts';
import { definitions } from '../../src/tags/catalogue.ts';
import { FACTS } from '../segments/fixture.ts';
import { BASIS } from '../tags/fixture.ts';

it('says which tags a question reads', () => {
  const by = Object.fromEntries(analysesOf(FACTS).map((q) => [q.id, q]));
  expect(by['channel-mix']!.reads.user).toEqual(['gender', 'age_band']);
  expect(by['retention']!.reads).toEqual({ user: [], product: [] });
  expect(by['retention']!.params.filter((p) => p.kind === 'tag').map((p) => p.id)).toEqual(['breakdown']);
  // What it says it reads of a user stands in its SQL, and every name is one of the catalogue.
  const sql = Object.values(
    demandQueries('now', Object.fromEntries(channelMix.params.map((p) => [p.id, p.default])) as never, 'web', 0, FACTS),
  ).join();
  for (const id of by['channel-mix']!.reads.user) expect(sql).toContain(`t.${id}`);
  const ctx = { facts: FACTS, basis: BASIS, probe: { folded: [], edgeKinds: [], levels: 2, pairs: 0 } };
  for (const entity of ['user', 'product'] as const)
    for (const q of Object.values(by)) expect(definitions(entity, ctx).map((t) => t.id)).toEqual(expect.arrayContaining(q.reads[entity]));
});
