import type { ColumnMapping, FileFacts, FileMapping, Mapping, RoleGuess } from '../core/files.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import type { FileGuesses } from './candidates.ts';
import { candidates } from './candidates.ts';
import { confidence, resolve } from './conflicts.ts';
import { BY_YOU } from './evidence.ts';
import type { ColumnLook } from './look.ts';
import { lookAt } from './look.ts';
import { tablesOf } from './role-words.ts';
import { shapeFacts } from './shape-facts.ts';
import type { Shape } from './shapes.ts';
import { shapeOf } from './shapes.ts';

/** Canonical tables whose roles a file of a shape may carry: events bring users and products along (a flat export). */
const ROLES_OF: Record<string, readonly TableName[]> = {
  media: ['media'],
  edges: ['edges'],
  funnel: ['events'],
  events: ['events', 'products', 'users'],
  users: ['users'],
  products: ['products'],
  baskets: ['events'],
  outcomes: ['outcomes'],
  unknown: ['users', 'products', 'events', 'edges', 'media', 'outcomes'],
  ignored: [],
};
const TIMED: readonly Role[] = ['at', 'signup_at', 'launched_at', 'birth_date'];
const NUMERIC: readonly Role[] = [
  'amount',
  'quantity',
  'discount',
  'price',
  'cost',
  'competitor_price',
  'income',
  'deposit',
  'value',
  'rating',
  'tenure',
  'stock',
];

/**
 * Roles, shapes and questions for all files (definitions, section 2). What a person chose before (`confidence: 'chosen'`, `shapeChosen`, options)
 * stands: for the same file, or for another with the same columns.
 */
export async function guessMapping(engine: Engine, files: readonly FileFacts[], previous?: Mapping, opts?: QueryOptions): Promise<Mapping> {
  const guesses = await candidates(engine, await lookAt(engine, files, opts), opts);
  const drafts: { file: FileGuesses; before: FileMapping | undefined; chosen: Map<ColumnLook, Role | null>; shape: Shape }[] = [];
  for (const file of guesses) {
    const before = earlier(file, previous);
    const chosen = choices(file, before);
    const found = shapeOf(file, await shapeFacts(engine, file, opts), chosen);
    const shape = before?.shapeChosen ? { shape: before.shape, tables: before.tables, why: before.why } : found;
    drafts.push({ file, before, chosen, shape });
  }
  const shapes = drafts.map((d) => d.shape.shape);
  const offsets = guesses.some((g) => g.columns.some(({ column }) => column.raw.facts.offset));
  return {
    files: drafts.map(({ file, before, chosen, shape }) => {
      const columns = answered(mapColumns(file, shape, chosen, offsets), before?.options ?? {});
      return {
        file: file.look.file.id,
        shape: shape.shape,
        tables: before?.shapeChosen ? shape.tables : fed(shape, columns, shapes),
        why: shape.why,
        columns,
        options: before?.options ?? {},
        ...(before?.shapeChosen ? { shapeChosen: true } : {}),
      };
    }),
  };
}

/** The mapping made before for this file, else for one with the same columns. */
function earlier(file: FileGuesses, previous: Mapping | undefined): FileMapping | undefined {
  const names = file.columns.map((c) => c.column.name).join('\0');
  return (
    previous?.files.find((f) => f.file === file.look.file.id) ?? previous?.files.find((f) => f.columns.map((c) => c.column).join('\0') === names)
  );
}

function choices(file: FileGuesses, before: FileMapping | undefined): Map<ColumnLook, Role | null> {
  const made = new Map(before?.columns.filter((c) => c.confidence === 'chosen').map((c) => [c.column, c.role]));
  return new Map(file.columns.flatMap(({ column }) => (made.has(column.name) ? [[column, made.get(column.name)!] as const] : [])));
}

/** Tables that a file feeds: events also make users and products where no file of their own does. */
function fed(shape: Shape, columns: readonly ColumnMapping[], shapes: readonly string[]): TableName[] {
  if (shape.shape !== 'events') return shape.tables;
  const has = (role: Role): boolean => columns.some((c) => c.role === role);
  const users = has('user_id') && !shapes.includes('users');
  const products = has('product_id') && !shapes.includes('products');
  return ['events', ...(users ? (['users'] as const) : []), ...(products ? (['products'] as const) : [])];
}

function mapColumns(file: FileGuesses, shape: Shape, chosen: ReadonlyMap<ColumnLook, Role | null>, offsets: boolean): ColumnMapping[] {
  const tables = [...(ROLES_OF[shape.shape] ?? []), ...shape.tables];
  const allowed = (role: Role): boolean => tablesOf(role).some((t) => tables.includes(t)) || (shape.shape === 'edges' && role === 'referrer_id');
  const placed = new Map(
    [...chosen, ...(shape.byPlace ?? new Map<ColumnLook, Role>())].filter(([c]) => !chosen.has(c) || chosen.get(c) !== undefined),
  );
  for (const [c, r] of chosen) placed.set(c, r);
  const taken = resolve(onlyDate(file, shape), allowed, placed);
  return file.columns.map(({ column, guesses }) => {
    const top = guesses.slice(0, 6);
    if (chosen.has(column)) return mapped(column, chosen.get(column)!, 'chosen', top, BY_YOU, offsets);
    const byPlace = shape.byPlace?.get(column);
    if (byPlace) return mapped(column, byPlace, 'guess', top, 'by its place from left to right', offsets);
    const guess = taken.get(column);
    if (!guess)
      return mapped(column, null, 'attribute', top, top[0] ? `kept as it is; ${top[0].role}? ${top[0].evidence}` : 'kept as it is', offsets);
    return mapped(column, guess.role, confidence(guess.score), top, guess.evidence, offsets);
  });
}

/** Questions that were answered before are not asked again. */
const answered = (columns: ColumnMapping[], { dayFirst, decimal, zone }: FileMapping['options']): ColumnMapping[] =>
  columns.map((c) => {
    const known = { dayfirst: dayFirst?.[c.column] !== undefined, decimal: decimal?.[c.column] !== undefined, zone: zone !== undefined };
    return { ...c, asks: c.asks.filter((ask) => !known[ask]) };
  });

/** In a table of users a lone date is the day of signing up, as a guess. */
function onlyDate(file: FileGuesses, shape: Shape): FileGuesses['columns'] {
  if (shape.shape !== 'users') return file.columns;
  const dates = file.columns.filter((c) => c.column.dates >= 0.95 && !c.guesses.some((g) => g.role === 'birth_date' && g.score >= 0.55));
  if (dates.length !== 1 || dates[0]!.guesses.some((g) => g.role === 'signup_at')) return file.columns;
  const guess: RoleGuess = { role: 'signup_at', score: 0.5, name: 0, value: 1, relation: 0, evidence: 'the only date in a table of users' };
  return file.columns.map((c) => (c === dates[0] ? { column: c.column, guesses: [guess, ...c.guesses] } : c));
}

function mapped(
  column: ColumnLook,
  role: Role | null,
  sure: ColumnMapping['confidence'],
  guesses: RoleGuess[],
  evidence: string,
  offsets: boolean,
): ColumnMapping {
  const facts = column.raw.facts;
  const asks: ColumnMapping['asks'] = [];
  if (role && TIMED.includes(role)) {
    if (facts.ambiguous) asks.push('dayfirst');
    if (offsets && !facts.offset && role === 'at' && !facts.dates.every((d) => d.form.includes('since 1970'))) asks.push('zone');
  }
  if (role && NUMERIC.includes(role) && facts.decimal?.guess) asks.push('decimal');
  return { column: column.name, role, confidence: sure, guesses, evidence, asks };
}
