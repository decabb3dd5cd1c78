import type { Contradiction } from '../core/files.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { basketCells, insertBaskets } from './baskets.ts';
import { countEqualRows, findDoubled } from './doubled.ts';
import { makeEdges } from './edges.ts';
import { doubtfulEvents, dropSaid, withExamples } from './contradictions.ts';
import type { EntityColumn, EntityContext } from './entities.ts';
import { makeEntities } from './entities.ts';
import type { EventColumn, EventSchema } from './event-schema.ts';
import { eventSchema } from './event-schema.ts';
import type { Dictionaries } from './events.ts';
import { createEvents, insertEvents } from './events.ts';
import type { ColumnOrigin } from './facts.ts';
import { tableFacts } from './facts.ts';
import { makeFlat } from './flat.ts';
import { dropLookups, idColumns, makeDictionary, makeSessions } from './ids.ts';
import { makeMedia } from './media.ts';
import { makeOutcomes } from './outcomes.ts';
import type { Col, FilePlan, Plan } from './plan.ts';
import { col, cols, feeding } from './plan.ts';
import { finishProducts } from './products.ts';
import { rowIds, rowLookup } from './row-ids.ts';

/** What came of a build before it takes its place: facts of the new tables, and per file the rows that did not become rows. */
export interface Built {
  tables: DataFacts['tables'];
  users: number;
  products: number;
  doubled: Map<FilePlan, number>;
  nameless: Map<FilePlan, number>;
  equal: Map<FilePlan, number>;
  contradictions: Contradiction[];
}

/** Makes all new tables, z.n_<name>: ids first, then users and products from their own files, events, flat users and products, links, media, outcomes. */
export async function buildAll(
  engine: Engine,
  plan: Plan,
  step: (phase: string, file?: string) => void,
  rowsAtOnce: number,
  opts?: QueryOptions,
): Promise<Built> {
  step('ids');
  const shaped = (...shapes: string[]): FilePlan[] => plan.files.filter((f) => shapes.includes(f.mapping.shape));
  const baskets = shaped('baskets');
  const idCols = { user: idColumns(plan, 'user'), product: idColumns(plan, 'product'), order: idColumns(plan, 'order') };
  const cells: string[] = [];
  for (const f of baskets) cells.push(`SELECT DISTINCT cell AS id FROM (${await basketCells(engine, f, opts)})`);
  const ids: Dictionaries = {
    user: await makeDictionary(engine, 'user', idCols.user, rowIds(plan), opts),
    product: await makeDictionary(engine, 'product', idCols.product, cells, opts),
    order: await makeDictionary(engine, 'order', idCols.order, [], opts),
    session: await makeSessions(engine, plan, opts),
  };
  const out: Built = {
    ...{ tables: {}, users: ids.user.rows, products: ids.product.rows },
    ...{ doubled: new Map(), nameless: new Map(), equal: new Map(), contradictions: [] },
  };
  const userContext: EntityContext = { dictionary: ids.user, zone: plan.zone, opts };
  const productContext: EntityContext = { dictionary: ids.product, zone: plan.zone, opts };
  const own = (table: TableName): FilePlan[] => feeding(plan, table).filter((f) => f.mapping.shape === table);
  const contexts = { users: userContext, products: productContext };
  const ownColumns: { users: EntityColumn[]; products: EntityColumn[] } = { users: [], products: [] };
  const origins = new Map<TableName, Map<string, ColumnOrigin>>(TABLE_ORDER.map((t) => [t, keyOrigins(plan, t)]));
  const say = (table: TableName, columns: readonly (EntityColumn | EventColumn)[]): void => {
    for (const x of columns)
      origins.get(table)!.set(x.name.toLowerCase(), { role: x.role, from: [...x.sources.values()].map((c) => c.title), kind: x.kind });
  };

  /** By table that only flat exports make: its columns that change. */
  const flatTables = new Map<TableName, string[]>();
  step('users and products');
  for (const table of ['users', 'products'] as const) {
    const files = own(table);
    if (files.length === 0) continue;
    const made = await makeEntities(engine, table, files, contexts[table], rowLookup(plan));
    say(table, made.columns);
    ownColumns[table] = made.columns;
    out.contradictions.push(...made.differ);
    for (const f of files) {
      out.doubled.set(f, made.doubled.get(f) ?? 0);
      out.nameless.set(f, made.nameless.get(f) ?? 0);
    }
    out.tables[table] = NONE;
  }
  const userColumns = origins.get('users')!;

  const eventFiles = shaped('events', 'funnel', 'baskets').filter((f) => !f.linesIn);
  if (eventFiles.length > 0) {
    const schema = await eventSchema(engine, eventFiles, opts);
    await makeEvents(engine, plan, schema, ids, userColumns.has('signup_at') && out.tables.users !== undefined, out, step, rowsAtOnce, opts);
    say('events', schema.columns);
    out.tables.events = NONE;
    for (const table of ['users', 'products'] as const) {
      const found = await doubtfulEvents(engine, table, ownColumns[table], eventFiles, contexts[table]);
      out.contradictions.push(...(await withExamples(engine, found, contexts[table], eventFiles)));
      await dropSaid(engine, found);
    }
    step('flat exports');
    const flat = (table: 'users' | 'products', role: Role): FilePlan[] =>
      out.tables[table] ? [] : feeding(plan, table).filter((f) => eventFiles.includes(f) && col(f, role));
    for (const table of ['users', 'products'] as const) {
      const files = flat(table, table === 'users' ? 'user_id' : 'product_id');
      const from = table === 'products' && baskets.length > 0 && !out.tables.products ? [...files, ...baskets] : files;
      if (from.length === 0) continue;
      const made = await makeFlat(engine, table, from, contexts[table]);
      say(table, made.columns);
      out.contradictions.push(...made.differ);
      out.tables[table] = NONE;
      flatTables.set(table, made.past);
    }
  }
  if (out.tables.products) {
    const products = origins.get('products')!;
    await finishProducts(
      engine,
      { category: products.has('category'), price: products.has('price'), events: out.tables.events !== undefined, users: out.users > 0 },
      opts,
    );
    const category = products.get('category');
    if (category) products.set('cat', { role: null, from: category.from });
  }
  step('links, media, outcomes');
  const edges = shaped('edges');
  const referrer = userColumns.has('referrer_id') && out.tables.users !== undefined;
  if (edges.length > 0 || referrer) {
    await makeEdges(engine, edges, ids.user, { referrer, signup: userColumns.has('signup_at') }, plan.zone, opts);
    out.tables.edges = NONE;
  }
  if (own('media').length > 0) {
    await makeMedia(engine, own('media'), opts);
    out.tables.media = NONE;
  }
  const outcomes = feeding(plan, 'outcomes').filter(
    (f) => ['users', 'outcomes'].includes(f.mapping.shape) && f.cols.some((c) => c.role === 'label' || c.role === 'variant' || c.role === 'value'),
  );
  if (outcomes.length > 0) {
    await makeOutcomes(engine, outcomes, ids.user, rowLookup(plan), plan.zone, opts);
    out.tables.outcomes = NONE;
  }
  for (const table of TABLE_ORDER) {
    if (!out.tables[table]) continue;
    const past = flatTables.get(table);
    out.tables[table] = {
      ...(await tableFacts(engine, table, origins.get(table)!, opts)),
      ...(past ? { flat: true } : {}),
      ...(past?.length ? { past } : {}),
    };
  }
  await dropLookups(engine, [...idCols.user, ...idCols.product, ...idCols.order]);
  await engine.exec('DROP TABLE IF EXISTS temp.session_ids; DROP TABLE IF EXISTS temp.doubled', opts);
  return out;
}
const TABLE_ORDER: readonly TableName[] = ['users', 'products', 'events', 'edges', 'media', 'outcomes'];
/** Stands for a table that is made, until its facts are read. */
const NONE = { name: 'users', rows: 0, columns: [] } as const satisfies { name: TableName; rows: number; columns: [] };

async function makeEvents(
  engine: Engine,
  plan: Plan,
  schema: EventSchema,
  ids: Dictionaries,
  signup: boolean,
  out: Built,
  step: (phase: string, file?: string) => void,
  rowsAtOnce: number,
  opts?: QueryOptions,
): Promise<void> {
  const doubled = await findDoubled(
    engine,
    schema.files.filter((f) => f.mapping.shape !== 'baskets'),
    opts,
  );
  const context = { schema, ids, zone: plan.zone, signup, next: { row: 0, ord: ids.order.rows }, dropped: doubled.keep, rowsAtOnce, opts };
  await createEvents(engine, context);
  for (const file of schema.files) {
    step('events', file.facts.name);
    if (file.mapping.shape === 'baskets') await insertBaskets(engine, file, context);
    else await insertEvents(engine, file, context);
    out.doubled.set(file, doubled.count.get(file) ?? 0);
    if (file.mapping.shape === 'events') out.equal.set(file, await countEqualRows(engine, file, opts));
  }
}

/** Fixed columns of a table and the columns of the files they come from. */
function keyOrigins(plan: Plan, table: TableName): Map<string, ColumnOrigin> {
  const fixed: Partial<Record<TableName, [string, Role][]>> = {
    users: [['u', 'user_id']],
    products: [['p', 'product_id']],
    events: [
      ['u', 'user_id'],
      ['p', 'product_id'],
      ['utc', 'at'],
      ['ts', 'at'],
      ['event', 'event'],
      ['amount', 'amount'],
      ['quantity', 'quantity'],
      ['discount', 'discount'],
      ['price', 'price'],
      ['rating', 'rating'],
      ['o', 'order_id'],
      ['occ', 'session_id'],
    ],
    edges: [
      ['u', 'user_id'],
      ['v', 'other_id'],
      ['kind', 'kind'],
      ['at', 'at'],
    ],
    media: [
      ['media_id', 'media_id'],
      ['name', 'name'],
      ...(['reach', 'cpm', 'cpc', 'ctr', 'cvr'] as const).map((r): [string, Role] => [r, r]),
      ...plan.files.flatMap((f) => f.cols.flatMap((c): [string, Role][] => (c.role?.startsWith('mix:') ? [[c.role.toLowerCase(), c.role]] : []))),
    ],
    outcomes: [
      ['u', 'user_id'],
      ['experiment', 'experiment'],
      ['variant', 'variant'],
      ['at', 'at'],
      ['value', 'value'],
      ['label', 'label'],
    ],
  };
  return new Map(
    (fixed[table] ?? []).map(([name, role]) => {
      const from = feeding(plan, table).flatMap((f) => cols(f, role).map((c: Col) => c.title));
      return [name, { role: from.length > 0 ? role : null, from }];
    }),
  );
}
