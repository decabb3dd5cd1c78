import type { Did, Rule, Seen } from './rule.ts';
import type { Settings } from './settings.ts';
import type { Dimension, Entity } from './tag.ts';

/** What is told of the rows that a tag of events looks at. */
export type EventMeasure = 'count' | 'sum' | 'distinct' | 'share' | 'first' | 'last' | 'favourite';
export type CutMethod = 'fixed' | 'quantile' | 'jenks';

/**
 * How an own tag is made. Plain JSON, complete in itself: whatever was cut or listed stands in it, so that a version gives the same values whenever it comes back.
 *   column   a column of the users (products) table, as it stands
 *   bands    labels for a number tag cut at `edges`, (lo, hi] as everywhere; `by` remembers how the edges were found
 *   rule     the value of the first line whose rule holds, else `rest` (null: unknown); one line without a value is yes or no
 *   formula  an expression over tags of the same entity
 *   events   one measure over the rows that `did` selects. `of` is a column (count, sum of money: null); for a share, `did.where` is the part and `of` what is summed
 *   ids      `list` holds lines of id, tab, value; lines without a value make a tag of yes and no
 */
export type OwnSource =
  | { kind: 'column'; column: string }
  | { kind: 'bands'; tag: string; by: CutMethod; edges: number[]; labels: string[] }
  | { kind: 'rule'; lines: { value: string; rule: Rule }[]; rest: string | null }
  | { kind: 'formula'; text: string }
  | { kind: 'events'; measure: EventMeasure; of: string | null; did: Pick<Did, 'event' | 'where' | 'within' | 'per'> }
  | { kind: 'ids'; list: string };
export type OwnKind = OwnSource['kind'];

/** One definition, as computations take it. */
export interface OwnDef {
  id: string;
  entity: Entity;
  /** `major.minor`: major where a value can change its meaning, minor for cuts, lists and words. */
  version: string;
  title: string;
  description: string;
  dimension: Dimension;
  unit: string;
  source: OwnSource;
}
/** A definition that was in force from `at` (an ISO instant, for people only) until the next. `back`: the version whose text it brought back. */
export type OwnVersion = Omit<OwnDef, 'id' | 'entity'> & { at: string; back?: string };
/** An own tag with its history, newest last: the last is in force. Part of the project document. */
export interface OwnTag {
  id: string;
  entity: Entity;
  versions: OwnVersion[];
  /** Of the tags it reads: written by the step that changes what they mean; taken away when the change is accepted. */
  seen?: Seen;
}

/** The definitions in force. */
const defsOf = (tags: readonly OwnTag[] | undefined): OwnDef[] =>
  (tags ?? []).flatMap(({ id, entity, versions }) => {
    const now = versions.at(-1);
    if (!now) return [];
    const { version, title, description, dimension, unit, source } = now;
    return [{ id, entity, version, title, description, dimension, unit, source }];
  });

/** Settings for a run: with the own tags in force, if there are any. */
export function withOwn(settings: Settings, tags: readonly OwnTag[] | undefined): Settings {
  const own = defsOf(tags);
  return own.length > 0 ? { ...settings, own } : settings;
}

/** How many members of which value before have which value after. Null stands for unknown; "(other)" pools values beyond the listed. */
export interface Moves {
  before: (string | null)[];
  after: (string | null)[];
  /** counts[i][j]: from before[i] to after[j]. */
  counts: number[][];
  stay: number;
  move: number;
}
