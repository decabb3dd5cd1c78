import type { Frame } from './frame.ts';
import type { Baseline, SegmentRef } from './profile.ts';
import type { Rule } from './rule.ts';
import type { Basis } from './settings.ts';
import type { DataFacts } from './tables.ts';
import type { Entity, TagInfo } from './tag.ts';

/**
 * The one shape of every question the app answers from data: an insight, a decision, later a measure. A definition is data and pure functions:
 * SQL from parameters, an answer from frames. Only `engine/run.ts` awaits; only `ui/` draws.
 */
export type AnalysisRoom = 'insights' | 'decisions';
export type ParamValue = string | number | boolean | null;
export type Params = Record<string, ParamValue>;

interface ParamHead {
  id: string;
  title: string;
  /** One line on what it changes. */
  help?: string;
}
/** One parameter with its default and what may stand in it. `null` stands for "decided from the data" where a default says so. */
export type Param = ParamHead &
  (
    | { kind: 'choice'; default: string; options: { value: string; label: string }[] }
    | { kind: 'number'; default: number | null; min: number; max: number; whole?: boolean; unit?: string; optional?: boolean }
    /** A kind of event, or 'any' for anything a user does. */
    | { kind: 'event'; default: string }
    /** A tag of users with a few values, or '' for none. */
    | { kind: 'tag'; default: string }
    /** A value that the answer's `choices` list, or '' to let the data decide (`none`: for none). */
    | { kind: 'column'; column: string; default: string; none?: boolean }
    | { kind: 'text'; default: string; pattern: string; example: string }
  );

/** Who is looked at, or held against: members as a SELECT of `u`. */
export interface AnalysisGroup {
  name: string;
  members: string;
  rule: Rule;
}
/** What SQL and shapers may speak about besides the parameters. */
export interface AnalysisContext {
  facts: DataFacts;
  basis: Basis;
  tags: TagInfo[];
  /** null: everyone. */
  here: AnalysisGroup | null;
  base: AnalysisGroup | null;
}
export type Frames = Record<string, Frame>;
/** Named statements; a later stage may read what earlier ones found. */
export type Queries = Record<string, string>;

/** `weak`: shown grey with its interval, n is below the floor. `refused`: no value, one sentence why, and what would make it possible. */
export interface Verdict {
  status: 'ok' | 'weak' | 'refused';
  why: string;
  next: string;
}
export type TableCell = string | number | boolean | null;
export interface TableColumnInfo {
  id: string;
  title: string;
  type: 'text' | 'int' | 'number' | 'share' | 'money' | 'date' | 'boolean';
}
/** One table of an answer, as it is exported and as the command line prints it. `kind` is what draws it where no special view exists. */
export interface ResultTable {
  id: string;
  kind: 'ranking' | 'distribution' | 'curve' | 'matrix' | 'flow' | 'scores' | 'table';
  title: string;
  columns: TableColumnInfo[];
  rows: TableCell[][];
}
/** What every answer has. A definition's own answer adds its typed numbers. */
export interface Answer {
  verdict: Verdict;
  /** The finding, with its number, at most 90 characters, made by a template that checks it. */
  title: string;
  /** Measure, unit, window, n. */
  sub: string;
  /** Rows the numbers rest on, and those left out, each with its reason. */
  rows: { used: number; unit: string; left: { n: number; why: string }[] };
  notes: string[];
  /** What a parameter that names something of this data may be, as the data has it; by the parameter's id. */
  choices?: Record<string, string[]>;
}
export interface Formula {
  id: string;
  text: string;
  source: string;
}
/** A part of a chart: what `people` turns into the rule of exactly its members. */
export type MarkId = Record<string, string | number>;

export interface Analysis<P extends Params = Params, A extends Answer = Answer> {
  id: string;
  room: AnalysisRoom;
  /** The question it answers. */
  title: string;
  /** One sentence: what the answer holds. */
  answers: string;
  /** As `tags/needs.ts` writes them; nothing else decides whether it is offered. */
  needs: readonly string[];
  /** Tags that its SQL reads whatever the parameters are, by id. What a parameter of kind `tag` reads is told by the parameter. */
  reads?: Partial<Record<Entity, readonly string[]>>;
  params: readonly Param[];
  formulas: readonly Formula[];
  /** What single parameters cannot say: a sentence, or null where they go together. */
  check?(params: P): string | null;
  /** Each stage sees the frames of those before it. Pure: no now(), no random without a seed. */
  stages: readonly AnalysisStage<P>[];
  /** Pure: frames in, answer out. Mathematics comes from `stats/`. */
  shape(frames: Frames, params: P, ctx: AnalysisContext): A;
  tables(answer: A, params: P): ResultTable[];
  /** The people behind a mark: a rule where the language can say it, else a SELECT of `u`; null where there is nobody to show. */
  people(mark: MarkId, params: P, ctx: AnalysisContext, answer: A): { rule: Rule; name: string } | { sql: string; name: string } | null;
}
/** A method, so that a definition of narrower parameters stands in a list of all. */
export interface AnalysisStage<P extends Params = Params> {
  sql(params: P, ctx: AnalysisContext, before: Frames): Queries;
}

/** A definition as the gallery, the command line and the documents see it. */
export interface AnalysisInfo {
  id: string;
  room: AnalysisRoom;
  title: string;
  answers: string;
  params: Param[];
  reads: Record<Entity, string[]>;
  formulas: Formula[];
  /** What is not mapped, in words; empty: it can be asked. */
  missing: string[];
}
export interface AnalysisRequest {
  id: string;
  params: Params;
  segment: SegmentRef | null;
  baseline: Baseline | null;
}
/** Where a number came from. */
export interface Provenance {
  id: string;
  params: Params;
  asOf: string;
  zone: string;
  k: number;
  here: string | null;
  base: string | null;
  sql: { name: string; text: string }[];
  formulas: readonly Formula[];
  ms: number;
}
export interface Answered<A extends Answer = Answer> {
  answer: A;
  tables: ResultTable[];
  provenance: Provenance;
}

export const OK: Verdict = { status: 'ok', why: '', next: '' };
export const weak = (why: string): Verdict => ({ status: 'weak', why, next: '' });
export const refused = (why: string, next: string): Verdict => ({ status: 'refused', why, next });

/** A table's columns from one line: `columns('cohort Cohort; n:int Period; rate:share Share')`: id, type (text where none is said), title. */
export const columns = (line: string): TableColumnInfo[] =>
  line.split(';').map((part) => {
    const [, id, type = 'text', title] = /^\s*(\w+)(?::(\w+))?\s+(.+?)\s*$/.exec(part)!;
    return { id: id!, title: title!, type: type as TableColumnInfo['type'] };
  });
