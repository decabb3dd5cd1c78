import type { Frame } from '../core/frame.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Basis } from '../core/settings.ts';
import type { Dimension, Entity, TagKind, TagType } from '../core/tag.ts';
import type { Need } from './needs.ts';

/** What decides which tags exist and how they are made. `probe` holds what the tables' facts cannot say (see probe.ts). */
export interface TagContext {
  facts: DataFacts;
  basis: Basis;
  probe: Probe;
}
export interface Probe {
  /** Text attributes of more than 50 values whose 50 commonest cover 90 %: kept, the rest folded to "(other)". */
  folded: string[];
  /** Kinds of edges met. */
  edgeKinds: string[];
  /** Deepest level of products.category. */
  levels: number;
  /** Pairs of products that share an order, with both orders of the pair: the cost of the tag `attach_partner`. */
  pairs: number;
}

/**
 * One accumulator over the events of a user or a product. `of` is a column of view `ev` or an expression over it, `where` a predicate over
 * them (`buy`, `ret`, `act`, `event = 'view'`), `days` keeps events of [asOf − days, asOf) only.
 *   count          rows                         countDistinct  distinct values of one or several columns
 *   sum, min, max, avg                          money          round(fsum(of), 6): equal on every engine (definitions, "sums")
 *   ratio          over / under, null if under is 0 or null; `floor` stands for a null `over`
 *   ago            calendar days from the value of `inner` (a time) to asOf
 */
export type Cell =
  | { agg: 'count'; where?: string; days?: number }
  | { agg: 'countDistinct'; of: readonly string[]; where?: string; days?: number }
  | { agg: 'sum' | 'min' | 'max' | 'avg' | 'money'; of: string; where?: string; days?: number }
  | { agg: 'ratio'; over: Cell; under: Cell; floor?: number }
  | { agg: 'ago'; inner: Cell };

/**
 * How a tag is made: a closed vocabulary, plain JSON.
 *   attribute  an expression over the entity's own row (alias `t`): users or products
 *   aggregate  one accumulator over events; all of one entity are fused into one scan
 *   derive     a formula over other tags of the same entity, named by id as columns (window functions allowed)
 *   winner     the value of `of` on most rows of `from` (on most distinct values of `distinct`); ties: the latest by `last`, then the value ascending
 *   column     second pass: a column of a relation (a named sub-query) keyed by u or p
 * `zero`: without rows the tag is 0 and not null.
 */
export type Plan =
  | { kind: 'attribute'; of: string }
  | { kind: 'aggregate'; cell: Cell; zero?: true }
  | { kind: 'derive'; formula: string; tags: readonly string[] }
  | { kind: 'winner'; of: string; from: string; last: string; distinct?: string; where?: string }
  | { kind: 'column'; relation: string; column: string; zero?: true };

/** How numbers are cut into values, as in core's `Bands`; null: no values of its own. */
export type BandsSpec = { edges: number[]; labels: string[]; leftClosed?: boolean } | 'quantiles';

export interface TagDef {
  id: string;
  entity: Entity;
  /** As people say it, without article. */
  title: string;
  /** One sentence: what it says about a user or product. */
  description: string;
  dimension: Dimension;
  kind: TagKind;
  type: TagType;
  unit: string;
  needs: readonly Need[];
  plan: Plan;
  bands?: BandsSpec;
  /** Values in an order of their own; 'ascending' for text that sorts by itself (months). */
  order?: readonly string[] | 'ascending';
  /** When it is unknown, in words. */
  nullRule: string;
  /** Events (predicate over `ev`) whose newest dates the tag; none: it has no age. */
  rows?: string;
  /** Where the term or the formula comes from. */
  source?: string;
  /** Made for one member at a time (tagSql) and not kept in the wide table: too wide for it. */
  onDemand?: true;
  /** Major: the meaning changed. Minor: parameters, bands or words did. */
  version?: string;
}
/** A definition that depends on parameters or on what the data holds. Answers one tag, several, or none. */
export type TagMaker = (ctx: TagContext) => TagDef[];

/** Fills in nothing and checks little: a definition is data. The id is a column name of the wide table and a word of rules. */
export function defineTag(def: TagDef): TagDef {
  if (def.needs.length === 0 && def.plan.kind !== 'derive') throw new Error(`tag ${def.id} names no needs`);
  return def;
}

/**
 * A named sub-query of the second pass. In the wide table it is made once and shared by all tags that use it; in the SQL of one tag it is a WITH.
 * `uses` are relations it reads, `tags` the tags it reads as columns of `ut` (users) or `pt` (products). `compute` is for the few that need
 * TypeScript (PageRank, Louvain, exact tests): the engine's answer to `sql` goes through `run`, which gives the rows to be written back.
 */
export interface Relation {
  name: string;
  entity: Entity;
  uses: readonly string[];
  tags?: readonly string[];
  sql: (ctx: TagContext) => string;
  compute?: Computed;
  /** Costs little beside the one scan of events: tags made of such relations alone follow a moving moment first. */
  light?: true;
}
/** Columns in, columns out. `columns` are names with SQL types of what is written back, the first being u or p. */
export interface Computed {
  columns: readonly [name: string, type: string][];
  run: (input: Frame, ctx: TagContext) => (string | number | boolean | null)[][];
}
export const defineRelation = (relation: Relation): Relation => relation;

/** The name of an entity's ordinal column. */
export const keyOf = (entity: Entity): 'u' | 'p' => (entity === 'user' ? 'u' : 'p');
/** The view of events that an entity's tags read: rows without a user count for products where the scope says so. */
export const eventsOf = (entity: Entity, basis: Basis): string => (entity === 'product' && basis.scope === 'all' ? 'ev_all' : 'ev');
