import { expect, it } from 'vitest';
import type { BuildReport, Mapping } from '../../src/core/files.ts';
import type { Role } from '../../src/core/roles.ts';
import { DEFAULT_SETTINGS } from '../../src/core/settings.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { buildTables } from '../../src/ingest/build.ts';
import { guessMapping } from '../../src/ingest/guess.ts';
import { onBothEngines } from './engines.ts';
import { rawCsv } from './raw-helper.ts';

const CRM = `user_id,gender,age,city,email,birth_date
u1,F,34,Lyon,a@x.org,1990-07-01
u2,M,40,Nice,b@x.org,1984-01-05
u3,F,,Paris,c@x.org,
u1,F,35,Paris,a2@x.org,1990-07-01
u4,M,51,Nice,d@x.org,1973-02-02
`;
const SURVEY = `user_id,gender,age,city
u1,M,35,
u2,M,40,Nice
u3,F,29,Paris
u4,,52,Rome
`;
/** Sales with the buyer's gender in every row, and the product's name and brand. */
const SALES = `order_id,date,user_id,gender,product_id,name,brand,amount
o1,2024-01-01,u1,F,p1,Coffee,Alto,10
o2,2024-02-01,u1,M,p1,Coffee,Alto,10
o3,2024-03-01,u2,M,p1,Kaffee,Bravo,10
o4,2024-04-01,u2,M,p2,Tea,Bravo,12
o5,2024-05-01,u3,F,p2,Tea,Bravo,12
o6,2024-06-01,u5,F,p2,Tea,Bravo,12
`;
const roles = (mapping: Mapping, given: Record<string, Role>): Mapping => {
  for (const f of mapping.files) for (const c of f.columns) if (given[c.column]) Object.assign(c, { role: given[c.column], confidence: 'chosen' });
  return mapping;
};
/** Files without a date are tables of users here, whatever their few rows look like. */
async function build(engine: Engine, files: Record<string, string>, given: Record<string, Role> = {}): Promise<BuildReport> {
  const facts = [];
  for (const [name, text] of Object.entries(files)) facts.push(await rawCsv(engine, name, text));
  const mapping = roles(await guessMapping(engine, facts), { user_id: 'user_id', ...given });
  for (const f of mapping.files) {
    const users = !f.columns.some((c) => c.role === 'at');
    Object.assign(f, users ? { shape: 'users', tables: ['users'] } : {});
  }
  return buildTables(engine, facts, mapping, DEFAULT_SETTINGS);
}
const told = (r: BuildReport) => r.contradictions?.map((c) => [c.column, c.n, c.fixed, c.takes]);
const about = (r: BuildReport, column: string) =>
  r
    .contradictions!.find((c) => c.column === column)!
    .examples.map((e) => [e.id, e.taken, e.said.map((s) => `${s.value} ${s.file}:${s.line}`).join(', ')]);

onBothEngines('contradictions', (engine) => {
  it('between rows and between files of users: the last known value counts', async () => {
    const r = await build(engine(), { 'crm.csv': CRM, 'survey.csv': SURVEY }, { birth_date: 'birth_date' });
    expect(told(r)).toEqual([
      ['gender', 1, true, 'last row'],
      ['age', 2, true, 'last row'],
      ['city', 2, false, 'last row'],
      ['email', 1, false, 'last row'],
    ]);
    expect(about(r, 'gender')).toEqual([['u1', 'male', 'female crm.csv:5, male survey.csv:2']]);
    expect(about(r, 'age')).toEqual([
      ['u1', '35', '34 crm.csv:2, 35 crm.csv:5, 35 survey.csv:2'],
      ['u4', '52', '51 crm.csv:6, 52 survey.csv:5'],
    ]);
    // An empty cell says nothing: of u1 the city of the last row that has one counts.
    expect(about(r, 'city')[0]).toEqual(['u1', 'Paris', 'Lyon crm.csv:2, Paris crm.csv:5']);
    // What tells who somebody is stays in the file.
    expect(about(r, 'email')).toEqual([['u1', null, 'null crm.csv:2, null crm.csv:5']]);
    const notes = r.notes.filter((n) => n.id.startsWith('differs:'));
    expect(notes.map((n) => [n.level, n.title])).toEqual([
      ['warn', '1 user has more than one gender'],
      ['warn', '2 users have more than one age'],
      ['info', '2 users have more than one city'],
      ['info', '1 user has more than one email'],
    ]);
    expect(JSON.stringify(r.notes)).not.toContain('a2@x.org');
  });

  it('in flat exports: users by the last dated event, names of products by most rows', async () => {
    const r = await build(engine(), { 'sales.csv': SALES }, { gender: 'gender', name: 'name', brand: 'brand' });
    expect(told(r)).toEqual([
      ['gender', 1, true, 'last dated'],
      ['name', 1, false, 'most rows'],
      ['brand', 1, true, 'most rows'],
    ]);
    expect(about(r, 'gender')).toEqual([['u1', 'male', 'female sales.csv:2, male sales.csv:3']]);
    expect(about(r, 'name')).toEqual([['p1', 'Coffee', 'Coffee sales.csv:3, Kaffee sales.csv:4']]);
  });

  it('between a table of users and events that say the same column: the table counts', async () => {
    const r = await build(engine(), { 'survey.csv': SURVEY, 'sales.csv': SALES }, { gender: 'gender' });
    expect(told(r)!.filter(([column]) => column === 'gender')).toEqual([['gender', 1, true, 'own file']]);
    expect(about(r, 'gender')).toEqual([['u1', 'male', 'female sales.csv:2']]);
    // Every id once, nothing to differ from.
    expect((await build(engine(), { 'survey.csv': SURVEY })).contradictions).toBeUndefined();
  });
});
