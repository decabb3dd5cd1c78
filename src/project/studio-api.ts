import type { AnalysisInfo, AnalysisRequest, Answered, MarkId } from '../core/analysis.ts';
import type { BuildReport, Dialect, FileFacts, Mapping, Progress } from '../core/files.ts';
import type { Assortment, Brushed } from '../core/assortment.ts';
import type { PersonalField, Similar } from '../core/card-more.ts';
import type { Comparison, Look, LookRequest, Mirror, MirrorRequest } from '../core/findings.ts';
import type { Card, MembersPage, Profile, ProfileRequest, SegmentRef } from '../core/profile.ts';
import type { Moment, SegmentMoment, TagShift } from '../core/moment.ts';
import type { CutMethod, OwnDef } from '../core/own-tag.ts';
import type { Goal, RefineAnswer, TagUse } from '../core/refine.ts';
import type { Basis, Settings } from '../core/settings.ts';
import type { Catalogue, Entity, TagInfo } from '../core/tag.ts';
import type { Rule, Segment } from '../core/rule.ts';
import type { TesseraError } from '../core/errors.ts';
import type { Source } from '../engine/engine.ts';
import type { OwnPreview } from '../tags/own/preview.ts';
import type { ReadAccount } from '../segments/id-list.ts';
import type { ReadyMade } from '../segments/ready-made.ts';
import type { Partition } from '../segments/partition.ts';

export type OnProgress = (p: Progress) => void;
export interface DroppedFile {
  name: string;
  source: Source;
  /** What is known of this very content already (of a demo, say), so that its columns need not be judged again. */
  known?: FileFacts;
}
/** Per dropped file either its facts or why it could not be opened, as plain data (an error inside an answer would lose its fields on the way); files opened before are untouched either way. */
export type Opened = { ok: true; facts: FileFacts } | { ok: false; name: string; error: Pick<TesseraError, 'code' | 'message' | 'next' | 'where'> };
export interface RawLine {
  file: string;
  line: number;
  header: string[];
  cells: (string | null)[];
  text: string | null;
}
export interface Peek {
  header: string[];
  rows: { line: number; cells: (string | null)[] }[];
}
/** `revenue` is the members' gross purchases; null where no money is mapped. */
export interface Size {
  n: number;
  universe: number;
  revenue: number | null;
  ms: number;
  words: string;
  sql: string;
}
export type ExportRequest =
  | { what: 'members'; segment: SegmentRef; tags: string[]; format: 'csv' | 'parquet'; guard: boolean }
  | { what: 'tags'; entity: Entity; format: 'csv' | 'parquet'; guard: boolean }
  | { what: 'profile'; request: ProfileRequest; format: 'csv' | 'parquet'; guard: boolean }
  /** A table of an answer; the first where `table` is null. */
  | { what: 'analysis'; request: AnalysisRequest; table: string | null; format: 'csv' | 'parquet'; guard: boolean };
export interface Exported {
  name: string;
  rows: number;
  bytes: Uint8Array;
}
export type ValuesOf = { tag: string; entity: Entity } | { column: string } | { events: true };

/**
 * Everything the core can do, headless: implemented by `project/studio.ts`, driven by the page (through workers/studio.ts and Comlink),
 * by the command line and by tests. Arguments and answers are structured-cloneable. `task` names a call so that `cancel(task)` can stop it;
 * a cancelled call rejects with CANCELLED and leaves everything as it was.
 */
/** What was known of a kept database when it was written; `tagged` where its tags are those of this basis, so that they need not be made again. */
export interface Restorable {
  files: FileFacts[];
  mapping: Mapping;
  settings: Settings;
  report: BuildReport;
  tagged: { basis: Basis; catalogue: Catalogue } | null;
}

/** A tag that has its column. */
export type FirstMade = Pick<TagInfo, 'id' | 'entity' | 'type'>;

export interface StudioApi {
  open(files: DroppedFile[], before: FileFacts[], task: string, on?: OnProgress): Promise<Opened[]>;
  /** Reads one file again with another dialect (encoding, delimiter, header …). Needs the file itself: not after a reload. */
  reopen(file: string, dialect: Partial<Dialect>, task: string, on?: OnProgress): Promise<FileFacts>;
  remove(file: string): Promise<void>;
  /** Rows of a file as text, from `offset` (0 = first row). */
  peek(file: string, offset: number, limit: number): Promise<Peek>;
  /** Roles, shapes and options for all files, guessed; choices already made in `previous` (confidence 'chosen') stand. */
  guess(files: FileFacts[], previous?: Mapping): Promise<Mapping>;
  /** Canonical tables from the mapping. No file is read again. */
  build(files: FileFacts[], mapping: Mapping, settings: Settings, task: string, on?: OnProgress): Promise<BuildReport>;
  /** asOf decided from the data where settings leave it open. */
  basis(settings: Settings): Promise<Basis>;
  /** Computes user_tags and product_tags for this basis (a no-op if they are current) and describes them. */
  tags(basis: Basis, task: string, on?: OnProgress): Promise<Catalogue>;
  /**
   * For a moment that moves: the tags of one entity that are made fast, those of `wanted` (ids) and those that own tags read. Tables hold these alone, and
   * of the other entity those of the moment before, until `tags` is called, which makes all. `made` hears of the tags once their table can be read, before
   * they are described; not where there are own tags, which are columns of that table too.
   */
  firstTags(basis: Basis, entity: Entity, wanted: string[], task: string, on?: OnProgress, made?: (tags: FirstMade[]) => void): Promise<Catalogue>;
  /** The SQL that makes one tag, formatted by the caller. */
  tagSql(id: string, entity: Entity, basis: Basis): Promise<string>;
  /** Days that the gaps of this data propose for the stages of the lifecycle; null where nobody came back. */
  proposedStages(basis: Basis, task: string): Promise<{ active: number; atRisk: number; dormant: number } | null>;
  /** What an own tag would come to, against the one of that id as it is now. Nothing is kept. Rejects with a sentence where it cannot be made. */
  previewOwn(def: OwnDef, basis: Basis, task: string): Promise<OwnPreview>;
  /** Edges that cut a number tag into n bands at equal shares or at natural breaks, and names for the bands. */
  cuts(
    tag: string,
    entity: Entity,
    by: Exclude<CutMethod, 'fixed'>,
    n: number,
    basis: Basis,
    task: string,
  ): Promise<{ edges: number[]; labels: string[] }>;
  size(ref: SegmentRef, segments: Segment[], basis: Basis, task: string): Promise<Size>;
  /** Members of each line of the rule's outer group alone, and left after it and all lines before. */
  lines(ref: SegmentRef, segments: Segment[], basis: Basis, task: string): Promise<{ alone: number; left: number }[]>;
  /** Ready-made segments that this data allows and that somebody is in, with their sizes; n null: fewer than k. */
  readyMade(basis: Basis, task: string): Promise<(ReadyMade & { n: number | null })[]>;
  /** A pasted or dropped list read, and which of its ids are in the universe: listed = matched + unknown + doubled. `column` null: the likeliest. */
  account(text: string, column: number | null, entity: Entity, basis: Basis, task: string): Promise<ReadAccount>;
  /** How the segments of these ids cut the universe: parts, pairs, gaps; counts below k are null. */
  partition(ids: string[], segments: Segment[], basis: Basis, task: string): Promise<Partition>;
  profile(request: ProfileRequest, segments: Segment[], basis: Basis, task: string): Promise<Profile>;
  /** The figures of a saved segment as a moment keeps them. */
  segmentMoment(segment: Segment, segments: Segment[], basis: Basis, task: string): Promise<SegmentMoment>;
  /** Two to four segments side by side: differences ranked, with intervals, and the sentence that says the first. */
  comparison(chosen: Segment[], segments: Segment[], basis: Basis, task: string): Promise<Comparison>;
  /** The profile of random groups of a segment's size: how much of it chance alone would show. */
  mirror(request: MirrorRequest, segments: Segment[], basis: Basis, task: string, on?: OnProgress): Promise<Mirror>;
  /** All values, pairs and promising triples of tag values, for the groups in which a goal differs most. */
  look(request: LookRequest, segments: Segment[], basis: Basis, task: string, on?: OnProgress): Promise<Look>;
  /** Members sorted by a column; ids are rows about single users and stay on screen. */
  members(
    ref: SegmentRef,
    tags: string[],
    sort: { by: string; dir: 'asc' | 'desc' } | null,
    offset: number,
    limit: number,
    segments: Segment[],
    basis: Basis,
  ): Promise<MembersPage>;
  card(entity: Entity, id: string, segments: Segment[], basis: Basis): Promise<Card>;
  /** Products together: ABC × XYZ, roll-ups by category and brand, and where they sell. Null: all products. */
  assortment(segment: Segment | null, segments: Segment[], basis: Basis, task: string, brushed?: Brushed[]): Promise<Assortment>;
  /** Those most like one user or product. */
  similar(entity: Entity, id: string, basis: Basis): Promise<Similar>;
  /** Which personal fields this data has of its users; their values only one user at a time, when asked for. */
  personalFields(basis: Basis): Promise<PersonalField['field'][]>;
  personal(id: string, basis: Basis): Promise<PersonalField[]>;
  line(file: string, line: number): Promise<RawLine>;
  /** Values of an event column, a tag or event kinds, commonest first, for pickers. */
  values(of: ValuesOf, search: string, limit: number): Promise<{ value: string; n: number }[]>;
  /** Every question, with what is not mapped for it. */
  analyses(): Promise<AnalysisInfo[]>;
  /** Answers a question, with its tables and where the numbers came from. */
  analyse(request: AnalysisRequest, segments: Segment[], basis: Basis, task: string): Promise<Answered>;
  /** The people behind a part of a chart, as a rule with a name; null where there is nobody to show. */
  people(request: AnalysisRequest, mark: MarkId, segments: Segment[], basis: Basis, task: string): Promise<{ rule: Rule; name: string } | null>;
  /** How far each tag has shifted since a moment; those that were not there or meant something else say so. */
  shifts(since: Moment, basis: Basis, task: string): Promise<TagShift[]>;
  /** How useful each tag of users is for a goal, most useful first; those that would look ahead say so. `since`: the moment that stability is told against. */
  usefulness(goal: Goal, since: Moment | null, basis: Basis, task: string): Promise<TagUse[]>;
  /** Ways to make a tag of users finer for a goal, largest gain first, refused ones last. */
  refine(tag: string, goal: Goal, segments: Segment[], basis: Basis, task: string): Promise<RefineAnswer>;
  export(request: ExportRequest, segments: Segment[], basis: Basis, task: string): Promise<Exported>;
  /** Rows of a file that did not fit, with their lines and reasons. */
  rejected(file: string): Promise<Exported>;
  cancel(task: string): Promise<void>;
  /** Writes all tables as one database file at `path` (the browser's private file system, or a path on disk for native). */
  keep(path: string, task: string): Promise<void>;
  /** Attaches a kept database instead of reading files: everything works as after `build`. */
  restore(db: Blob, kept: Restorable): Promise<void>;
  /** Reads a restored project from a newer kept file from now on, before the old one is taken away. Nothing happens to a project that was not restored. */
  reattach(db: Blob): Promise<void>;
  /** Forgets all data: a fresh engine. */
  reset(): Promise<void>;
}
