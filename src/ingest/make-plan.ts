import { TesseraError } from '../core/errors.ts';
import type { ColumnMapping, FileFacts, FileMapping, Mapping } from '../core/files.ts';
import type { Role, TableName } from '../core/roles.ts';
import type { Settings } from '../core/settings.ts';
import type { Engine } from '../engine/engine.ts';
import { joinOrders } from './order-lines.ts';
import type { Col, FilePlan, Plan } from './plan.ts';
import { rawFile } from './raw.ts';
import { isMany } from './role-words.ts';

const TABLES_OF: Record<string, readonly TableName[]> = {
  media: ['media'],
  edges: ['edges'],
  funnel: ['events'],
  events: ['events', 'users', 'products'],
  users: ['users', 'outcomes'],
  products: ['products'],
  baskets: ['events', 'products'],
  outcomes: ['outcomes'],
};

/**
 * The mapping checked against the files and made ready for SQL. Throws MAP_INVALID for a mapping that contradicts itself or the files, and
 * MAP_NO_USER where no file says who or what it is about.
 */
export async function makePlan(engine: Engine, files: readonly FileFacts[], mapping: Mapping, settings: Settings): Promise<Plan> {
  const plans: FilePlan[] = [];
  for (const [src, facts] of files.entries()) {
    const m = mapping.files.find((f) => f.file === facts.id);
    if (m && TABLES_OF[m.shape]) plans.push(await filePlan(engine, src, facts, m, settings.zone));
  }
  if (plans.length === 0) {
    const asked = mapping.files.find((f) => f.shape === 'unknown');
    const facts = files.find((f) => f.id === asked?.file);
    throw new TesseraError('MAP_NO_USER', asked?.why ?? 'No file says who its rows are about.', {
      next: 'Give a column the role user or product, or drop a file that has one.',
      ...(facts ? { where: { file: facts.name } } : {}),
    });
  }
  await joinOrders(engine, plans);
  return { files: plans, zone: settings.zone };
}

async function filePlan(engine: Engine, src: number, facts: FileFacts, mapping: FileMapping, zone: string): Promise<FilePlan> {
  const raw = await rawFile(engine, facts);
  const roles = new Map(mapping.columns.map((c) => [c.column, c]));
  check(facts, mapping);
  const { options } = mapping;
  const cols = raw.columns.map((c): Col => {
    const name = c.facts.name;
    return {
      ...c,
      file: facts.id,
      role: roles.get(name)?.role ?? null,
      home: `${raw.table} f`,
      title: `${facts.name} › ${name}`,
      dayFirst: options.dayFirst?.[name],
      sign: options.decimal?.[name],
      zone: options.zone ?? zone,
      ...(options.ids?.[name] ? { cuts: options.ids[name] } : {}),
    };
  });
  const tables = mapping.tables.length > 0 ? mapping.tables : [...TABLES_OF[mapping.shape]!];
  return { src, facts, mapping: { ...mapping, tables }, table: raw.table, join: '', cols, linesIn: null };
}

function check(facts: FileFacts, mapping: FileMapping): void {
  const seen = new Map<Role, ColumnMapping>();
  for (const c of mapping.columns) {
    if (!facts.columns.some((f) => f.name === c.column)) {
      throw new TesseraError('MAP_INVALID', `${facts.name} has no column “${c.column}”.`, {
        next: 'Guess the mapping of this file again.',
        where: { file: facts.name, column: c.column },
      });
    }
    if (c.role === null || isMany(c.role)) continue;
    const other = seen.get(c.role);
    if (other) {
      throw new TesseraError('MAP_INVALID', `Both “${other.column}” and “${c.column}” are given the role ${c.role.replace('_', ' ')}.`, {
        next: 'Keep the role for one of them.',
        where: { file: facts.name, column: c.column },
      });
    }
    seen.set(c.role, c);
  }
}
