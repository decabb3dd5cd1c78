import { TesseraError } from '../../core/errors.ts';
import { column as columnOf, type Frame, type Value } from '../../core/frame.ts';
import type { Entity, TagInfo } from '../../core/tag.ts';
import type { Engine, QueryOptions } from '../../engine/engine.ts';
import { ident } from '../../engine/sql.ts';
import { TABLE } from '../context.ts';
import { familyOf } from '../operators.ts';
import { bitsOf } from './bits.ts';
import { coded, codesFor, numberColumn, SET_PLANES, type Column, type SetColumn } from './column.ts';
import { packsOf } from './packs.ts';
import { ordinalOf, type IndexTable } from './table.ts';

/** Texts and lists of more values than this stay in SQL: their rules are rare, their words many. */
const MOST_VALUES = 65_535;
/** Columns asked for at once: at a million users a statement's answer is then 64 MB. */
const AT_ONCE = 8;

/** What is asked of a tag to read its column. */
export type TagColumn = Pick<TagInfo, 'id' | 'entity' | 'type' | 'distinct'>;

type Form = 'number' | 'date' | 'boolean' | 'text' | 'set';
function formOf(tag: TagColumn): Form | null {
  const family = familyOf(tag.type);
  if (family === 'opaque') return null;
  if ((family === 'text' || family === 'set') && tag.distinct > MOST_VALUES) return null;
  return family;
}

/**
 * Reads the tag table of one entity into columns. Only numbers leave the engine (dictionaries apart), so that its answers are transferred and not
 * copied. Rejects with CANCELLED after the signal.
 */
export async function fillTable(engine: Engine, entity: Entity, tags: TagColumn[], opts: QueryOptions = {}): Promise<IndexTable> {
  const { table, key } = TABLE[entity];
  const keys = Uint32Array.from((await engine.query(`SELECT ${key} FROM ${table} ORDER BY ${key}`, opts)).columns[0] as Float64Array);
  const out: IndexTable = { entity, n: keys.length, keys, columns: new Map(), packs: [] };
  const ordinal = ordinalOf(out);
  const own = tags.filter((t) => t.entity === entity && formOf(t));
  const plain = own.filter((t) => formOf(t) !== 'set');
  const ask = async (part: readonly TagColumn[]): Promise<{ words: Map<string, string[]>; frame: Frame }> => {
    const texts = part.filter((t) => formOf(t) === 'text');
    return { words: await dictionaries(engine, texts, entity, opts), frame: await engine.query(codesSql(part, entity), opts) };
  };
  const parts = Array.from({ length: Math.ceil(plain.length / AT_ONCE) }, (_, i) => plain.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
  // The engine reads the next columns while these are coded.
  let coming = parts[0] && ask(parts[0]);
  for (const [i, part] of parts.entries()) {
    const { words, frame } = await coming!;
    if (opts.signal?.aborted) throw new TesseraError('CANCELLED', 'Stopped.');
    coming = parts[i + 1] && ask(parts[i + 1]!);
    // Awaited in the next turn; should this one throw first, its own failure has been told.
    coming?.catch(() => undefined);
    const places = placesOf(frame.columns[0] as Float64Array, ordinal);
    part.forEach((tag, k) => out.columns.set(tag.id, columnFrom(tag, frame.columns[k + 1]!, places, words.get(tag.id) ?? [])));
  }
  for (const tag of own.filter((t) => formOf(t) === 'set')) out.columns.set(tag.id, await setColumn(engine, tag, entity, out, ordinal, opts));
  out.packs = packsOf(
    [...out.columns.values()].filter((c) => c.kind !== 'set'),
    out.n,
  );
  return out;
}

/** As `Uint32Array.from(keys, ordinal)`, which walks an iterator and takes ten times as long. */
function placesOf(keys: Float64Array, ordinal: (key: number) => number): Uint32Array {
  const out = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) out[i] = ordinal(keys[i]!);
  return out;
}

const valuesSql = (tag: TagColumn, entity: Entity): string =>
  tag.type === 'set'
    ? `SELECT DISTINCT unnest(t.${ident(tag.id)})::VARCHAR AS v FROM ${TABLE[entity].table} t`
    : `SELECT DISTINCT t.${ident(tag.id)}::VARCHAR AS v FROM ${TABLE[entity].table} t WHERE t.${ident(tag.id)} IS NOT NULL`;
const codeSql = (tag: TagColumn, entity: Entity): string =>
  `(SELECT v, row_number() OVER (ORDER BY v)::INTEGER AS c FROM (${valuesSql(tag, entity)}) WHERE v IS NOT NULL)`;

/** The values of each text, in bytewise order. */
async function dictionaries(engine: Engine, tags: readonly TagColumn[], entity: Entity, opts: QueryOptions): Promise<Map<string, string[]>> {
  const out = new Map(tags.map((t) => [t.id, [] as string[]]));
  if (tags.length === 0) return out;
  const statement = tags.map((t, i) => `SELECT ${i} AS i, c, v FROM ${codeSql(t, entity)}`).join(' UNION ALL ');
  const frame = await engine.query(`SELECT i, v FROM (${statement}) ORDER BY i, c`, opts);
  const [tag, value] = [frame.columns[0]!, frame.columns[1]!];
  for (let r = 0; r < frame.n; r++) out.get(tags[tag[r] as number]!.id)!.push(value[r] as string);
  return out;
}

function codesSql(tags: readonly TagColumn[], entity: Entity): string {
  const { table, key } = TABLE[entity];
  const joins: string[] = [];
  const columns = tags.map((tag, i) => {
    const x = `t.${ident(tag.id)}`;
    switch (formOf(tag)) {
      case 'number':
        return `coalesce(${x}::DOUBLE, 'nan'::DOUBLE) AS c${i}`;
      case 'date':
        return `coalesce(epoch_us(${x}::TIMESTAMP)::DOUBLE, 'nan'::DOUBLE) AS c${i}`;
      case 'boolean':
        return `coalesce(${x}::INTEGER + 1, 0) AS c${i}`;
      default:
        joins.push(`LEFT JOIN ${codeSql(tag, entity)} d${i} ON d${i}.v = ${x}::VARCHAR`);
        return `coalesce(d${i}.c, 0) AS c${i}`;
    }
  });
  return `SELECT t.${key}, ${columns.join(', ')} FROM ${table} t ${joins.join(' ')}`;
}

function columnFrom(tag: TagColumn, raw: Float64Array | Value[], places: Uint32Array, words: string[]): Column {
  const x = raw as Float64Array;
  const form = formOf(tag);
  if (form === 'number' || form === 'date') {
    const inOrder = new Float64Array(x.length);
    for (let i = 0; i < x.length; i++) inOrder[places[i]!] = x[i]!;
    return numberColumn(inOrder);
  }
  const values = form === 'boolean' ? ['false', 'true'] : words;
  const codes = codesFor(x.length, values.length);
  for (let i = 0; i < x.length; i++) codes[places[i]!] = x[i]!;
  return { kind: 'text', values, ...coded(codes, values.length) };
}

async function setColumn(
  engine: Engine,
  tag: TagColumn,
  entity: Entity,
  table: IndexTable,
  ordinal: (key: number) => number,
  opts: QueryOptions,
): Promise<SetColumn> {
  const { table: name, key } = TABLE[entity];
  const x = ident(tag.id);
  const values = (await dictionaries(engine, [tag], entity, opts)).get(tag.id)!;
  const known: Frame = await engine.query(`SELECT ${key} FROM ${name} WHERE ${x} IS NOT NULL`, opts);
  const pairs = await engine.query(
    `SELECT t.k AS k, d.c AS c FROM (SELECT ${key} AS k, unnest(${x})::VARCHAR AS v FROM ${name}) t JOIN ${codeSql(tag, entity)} d ON d.v = t.v ORDER BY 1, 2`,
    opts,
  );
  const [who, which] = [columnOf(pairs, 'k') as Float64Array, columnOf(pairs, 'c') as Float64Array];
  const starts = new Uint32Array(table.n + 1);
  const codes = Uint32Array.from(which);
  let doubled = false;
  for (let r = 0; r < pairs.n; r++) {
    starts[ordinal(who[r]!) + 1]!++;
    doubled ||= r > 0 && who[r] === who[r - 1] && which[r] === which[r - 1];
  }
  for (let i = 0; i < table.n; i++) starts[i + 1]! += starts[i]!;
  const planes =
    !doubled && values.length <= SET_PLANES
      ? values.map((_, v) =>
          bitsOf(
            Array.from(
              who.filter((_u, r) => which[r] === v + 1),
              ordinal,
            ),
            table.n,
          ),
        )
      : null;
  return { kind: 'set', values, known: bitsOf(Array.from(known.columns[0] as Float64Array, ordinal), table.n), starts, codes, planes };
}
