import { readable } from './core/evidence.ts';
import type { BuildReport, ColumnFacts, FileFacts, Mapping } from './core/files.ts';
import type { Catalogue, TagInfo, ValueShare } from './core/tag.ts';

/** A count below k is not told: n is null and `hidden` true. */
interface ShownValue {
  value: string;
  n: number | null;
  hidden?: true;
}

const typeOf = (c: ColumnFacts): 'date' | 'number' | 'text' => (c.date >= 0.95 ? 'date' : c.number >= 0.95 ? 'number' : 'text');

/** What `inspect` prints of one file: how it was read, what was refused, and what each column means by which evidence. */
function inspectFile(file: FileFacts, mapping: Mapping): object {
  const mapped = mapping.files.find((m) => m.file === file.id);
  return {
    name: file.name,
    bytes: file.bytes,
    sha256: file.sha256,
    format: file.format,
    encoding: file.dialect?.encoding ?? null,
    delimiter: file.dialect?.delimiter ?? null,
    quote: file.dialect?.quote ?? null,
    header: file.dialect?.header ?? null,
    rows: file.rows,
    rejected: file.rejected,
    rejectedRows: file.rejectedRows.map(({ line, reason }) => ({ line, reason })),
    shape: mapped?.shape ?? 'unknown',
    tables: mapped?.tables ?? [],
    why: mapped?.why ?? '',
    columns: file.columns.map((c) => {
      const role = mapped?.columns.find((m) => m.column === c.name);
      return {
        name: c.name,
        type: typeOf(c),
        role: role?.role ?? null,
        confidence: role?.confidence ?? 'attribute',
        evidence: readable(role?.evidence ?? ''),
        asks: role?.asks ?? [],
        known: c.known,
        empty: c.empty,
        distinct: c.distinct,
        samples: c.samples,
      };
    }),
    notes: file.notes,
  };
}

/** The whole of `inspect`; without a report where no tables could be made. */
export const inspectReport = (files: FileFacts[], mapping: Mapping, report: BuildReport | null): object => ({
  files: files.map((f) => inspectFile(f, mapping)),
  ...(report
    ? {
        tables: report.facts.tables,
        users: report.facts.users,
        products: report.facts.products,
        events: report.facts.events,
        firstEvent: report.facts.firstEvent,
        lastEvent: report.facts.lastEvent,
        joins: report.joins,
        accounts: report.accounts,
        notes: report.notes,
      }
    : { tables: null }),
});

/** Counts from 1 to k − 1 are withheld, and if that is just one, the next smallest too, lest it follow by subtraction. */
export function withheld(values: readonly ValueShare[], k: number): ShownValue[] {
  const small = new Set(values.filter((v) => v.n > 0 && v.n < k));
  if (small.size === 1) {
    const next = values.filter((v) => v.n >= k).reduce<ValueShare | null>((least, v) => (least === null || v.n < least.n ? v : least), null);
    if (next) small.add(next);
  }
  return values.map((v) => (small.has(v) ? { value: v.value, n: null, hidden: true } : { value: v.value, n: v.n }));
}

const tagReport = (tag: TagInfo, k: number): object => ({
  id: tag.id,
  entity: tag.entity,
  title: tag.title,
  dimension: tag.dimension,
  kind: tag.kind,
  type: tag.type,
  unit: tag.unit,
  version: tag.version,
  coverage: tag.universe === 0 ? null : tag.known / tag.universe,
  known: tag.known,
  universe: tag.universe,
  distinct: tag.distinct,
  values: withheld(tag.values, k),
  bands: tag.bands,
  figures: tag.figures,
  freshness: tag.freshness,
  needs: tag.needs,
  nullRule: tag.nullRule,
});

/** What `tags` prints: every tag with its coverage and distribution, and what the missing ones wait for. */
export const tagsReport = (catalogue: Catalogue, k: number): object => ({
  asOf: catalogue.asOf,
  universe: catalogue.universe,
  tags: catalogue.tags.map((tag) => tagReport(tag, k)),
  waiting: catalogue.waiting.map(({ id, entity, title, missing }) => ({ id, entity, title, missing })),
});
