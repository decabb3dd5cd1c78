import type { AnalysisInfo, AnalysisRequest, Answered, MarkId } from '../core/analysis.ts';
import { TesseraError } from '../core/errors.ts';
import type { BuildReport, Dialect, FileFacts, Mapping } from '../core/files.ts';
import type { Assortment, Brushed } from '../core/assortment.ts';
import type { PersonalField, Similar } from '../core/card-more.ts';
import type { Comparison, Look, LookRequest, Mirror, MirrorRequest } from '../core/findings.ts';
import type { Card, MembersPage, Profile, ProfileRequest, SegmentRef } from '../core/profile.ts';
import type { Moment, SegmentMoment, TagShift } from '../core/moment.ts';
import type { CutMethod, OwnDef } from '../core/own-tag.ts';
import type { Goal, RefineAnswer, TagUse } from '../core/refine.ts';
import type { Basis, Settings } from '../core/settings.ts';
import type { Rule, Segment } from '../core/rule.ts';
import type { DataFacts } from '../core/tables.ts';
import type { Catalogue, Entity } from '../core/tag.ts';
import type { Engine } from '../engine/engine.ts';
import { attachDatabase, keepable, writeDatabase } from '../engine/keep.ts';
import { buildTables } from '../ingest/build.ts';
import { guessMapping } from '../ingest/guess.ts';
import { peek, rawLine } from '../ingest/open.ts';
import { assortment } from '../profiles/assortment.ts';
import { refine } from '../insights/refine.ts';
import { usefulnessOf } from '../insights/usefulness.ts';
import { card } from '../profiles/card.ts';
import { compare } from '../profiles/compare.ts';
import { comparison } from '../profiles/comparison.ts';
import { members } from '../profiles/members.ts';
import { personal, personalFields } from '../profiles/personal.ts';
import { segmentMoment } from '../profiles/segment-moment.ts';
import { profileOf } from '../profiles/since.ts';
import { similar } from '../profiles/similar.ts';
import { linesOf } from '../segments/alone.ts';
import type { RuleContext } from '../segments/context.ts';
import { accountOf, loadLists, type ReadAccount } from '../segments/id-list.ts';
import { partition, type Partition } from '../segments/partition.ts';
import { readyMade, type ReadyMade } from '../segments/ready-made.ts';
import { sizeOf, sizesOf } from '../segments/size.ts';
import { resolveBasis, tagSql } from '../tags/compute.ts';
import { ownTagSql } from '../tags/own/compute.ts';
import { stagesOf } from '../tags/parameters.ts';
import { cutLabels, findCuts } from '../tags/own/cuts.ts';
import { shiftsSince } from '../tags/stability.ts';
import { previewOwn, type OwnPreview } from '../tags/own/preview.ts';
import { analyse, analysesOf, peopleOf } from './analyses.ts';
import { lookOf, mirrorOf } from './honest.ts';
import { MadeTags } from './made-tags.ts';
import { OpenFiles } from './open-files.ts';
import { exportRejected, exportRows } from './export.ts';
import type {
  DroppedFile,
  Exported,
  ExportRequest,
  FirstMade,
  OnProgress,
  Opened,
  Peek,
  RawLine,
  Restorable,
  Size,
  StudioApi,
  ValuesOf,
} from './studio-api.ts';
import { Tasks } from './tasks.ts';
import { valuesOf } from './values.ts';

/** What was last built, so that a restarted engine can be filled again. */
interface Built {
  files: FileFacts[];
  mapping: Mapping;
  settings: Settings;
  report: BuildReport;
}

/** The facade: holds what is loaded in the engine, and nothing that the user made (that is the project document, owned by the caller). */
export class Studio implements StudioApi {
  readonly #engine: Engine;
  readonly #restart: () => Promise<void>;
  readonly #tasks = new Tasks();
  readonly #files: OpenFiles;
  #built: Built | null = null;
  #kept: Blob | null = null;
  /** Files were opened or tables built since the kept file was attached. */
  #stale = false;
  readonly #made: MadeTags;

  /** `restart` gives the engine's memory back; the native engine needs none. */
  constructor(engine: Engine, restart: () => Promise<void> = async () => undefined) {
    this.#engine = engine;
    this.#restart = restart;
    this.#files = new OpenFiles(engine);
    this.#made = new MadeTags(engine, () => this.#data());
  }

  open(files: DroppedFile[], before: FileFacts[], task: string, on?: OnProgress): Promise<Opened[]> {
    this.#stale = true;
    return this.#tasks.run(task, (signal) => this.#files.open(files, before, task, { signal, on }));
  }

  reopen(file: string, dialect: Partial<Dialect>, task: string, on?: OnProgress): Promise<FileFacts> {
    this.#stale = true;
    return this.#tasks.run(task, (signal) => this.#files.reopen(file, dialect, task, { signal, on }));
  }

  remove(file: string): Promise<void> {
    return this.#files.remove(file);
  }

  peek(file: string, offset: number, limit: number): Promise<Peek> {
    return peek(this.#engine, this.#files.of(file), offset, limit);
  }

  guess(files: FileFacts[], previous?: Mapping): Promise<Mapping> {
    return guessMapping(this.#engine, files, previous);
  }

  build(files: FileFacts[], mapping: Mapping, settings: Settings, task: string, on?: OnProgress): Promise<BuildReport> {
    return this.#tasks.run(task, async (signal) => {
      const report = await buildTables(this.#engine, files, mapping, settings, { task, ...(on ? { on } : {}), signal });
      this.#built = { files, mapping, settings, report };
      this.#stale = true;
      this.#made.forget();
      return report;
    });
  }

  async basis(settings: Settings): Promise<Basis> {
    return resolveBasis(settings, this.#data());
  }

  tags(basis: Basis, task: string, on?: OnProgress): Promise<Catalogue> {
    return this.#tasks.run(task, (signal) => this.#made.all(basis, { signal, on }));
  }

  firstTags(basis: Basis, entity: Entity, wanted: string[], task: string, on?: OnProgress, made?: (tags: FirstMade[]) => void): Promise<Catalogue> {
    return this.#tasks.run(task, (signal) => this.#made.first(basis, entity, wanted, { signal, on, made }));
  }

  async tagSql(id: string, entity: Entity, basis: Basis): Promise<string> {
    const own = basis.own?.find((d) => d.id === id && d.entity === entity);
    if (own) return ownTagSql(own, (await this.#made.all(basis)).tags, this.#made.own(basis));
    return tagSql(id, entity, this.#data(), basis);
  }

  proposedStages(basis: Basis, task: string): Promise<{ active: number; atRisk: number; dormant: number } | null> {
    return this.#tasks.run(task, async (signal) => {
      await this.#made.all(basis, { signal });
      return stagesOf(this.#engine, { facts: this.#data(), basis }, { signal });
    });
  }

  previewOwn(def: OwnDef, basis: Basis, task: string): Promise<OwnPreview> {
    return this.#tasks.run(task, async (signal) => {
      const catalogue = await this.#made.all(basis, { signal });
      return previewOwn(this.#engine, def, catalogue, basis.own ?? [], this.#made.own(basis), { signal });
    });
  }

  cuts(
    tag: string,
    entity: Entity,
    by: Exclude<CutMethod, 'fixed'>,
    n: number,
    basis: Basis,
    task: string,
  ): Promise<{ edges: number[]; labels: string[] }> {
    return this.#tasks.run(task, async (signal) => {
      const info = (await this.#made.all(basis, { signal })).tags.find((t) => t.id === tag && t.entity === entity);
      if (!info?.figures)
        throw new TesseraError('RULE_TYPE', 'Only a number can be cut into bands.', { next: 'Choose another tag.', where: { tag } });
      const edges = await findCuts(this.#engine, info, by, n, { signal });
      return { edges, labels: cutLabels(edges, info) };
    });
  }

  size(ref: SegmentRef, segments: Segment[], basis: Basis, task: string): Promise<Size> {
    return this.#tasks.run(task, async (signal) => sizeOf(this.#engine, ref, await this.#context(segments, basis, signal, ref), { signal }));
  }

  lines(ref: SegmentRef, segments: Segment[], basis: Basis, task: string): Promise<{ alone: number; left: number }[]> {
    return this.#tasks.run(task, async (signal) => linesOf(this.#engine, ref, await this.#context(segments, basis, signal, ref), { signal }));
  }

  readyMade(basis: Basis, task: string): Promise<(ReadyMade & { n: number | null })[]> {
    return this.#tasks.run(task, async (signal) => {
      const ctx = await this.#context([], basis, signal);
      const ready = readyMade(ctx.tags, ctx.facts);
      const sizes = await sizesOf(
        this.#engine,
        ready.map((r) => r.rule),
        ctx,
        { signal },
      );
      return ready.flatMap((r, i) => (sizes[i] === 0 ? [] : [{ ...r, n: sizes[i]! < basis.k ? null : sizes[i]! }]));
    });
  }

  account(text: string, column: number | null, entity: Entity, basis: Basis, task: string): Promise<ReadAccount> {
    return this.#tasks.run(task, async (signal) => {
      await this.#made.all(basis, { signal });
      return accountOf(this.#engine, text, column, entity, { signal });
    });
  }

  partition(ids: string[], segments: Segment[], basis: Basis, task: string): Promise<Partition> {
    return this.#tasks.run(task, async (signal) => {
      const chosen = ids.flatMap((id) => segments.find((s) => s.id === id) ?? []);
      return partition(this.#engine, chosen, await this.#context(segments, basis, signal), { signal });
    });
  }

  profile(request: ProfileRequest, segments: Segment[], basis: Basis, task: string): Promise<Profile> {
    return this.#tasks.run(task, async (signal) =>
      profileOf(this.#engine, request, await this.#context(segments, basis, signal, request.segment), { signal }),
    );
  }

  segmentMoment(segment: Segment, segments: Segment[], basis: Basis, task: string): Promise<SegmentMoment> {
    return this.#tasks.run(task, async (signal) =>
      segmentMoment(this.#engine, segment, await this.#context(segments, basis, signal, segment), { signal }),
    );
  }

  comparison(chosen: Segment[], segments: Segment[], basis: Basis, task: string): Promise<Comparison> {
    return this.#tasks.run(task, async (signal) => {
      const ctx = await this.#context(segments, basis, signal, ...chosen);
      return comparison((a, b, options) => compare(this.#engine, a, b, ctx, { signal }, options), chosen, ctx);
    });
  }

  mirror(request: MirrorRequest, segments: Segment[], basis: Basis, task: string, on?: OnProgress): Promise<Mirror> {
    return this.#tasks.run(task, async (signal) =>
      mirrorOf(this.#engine, request, await this.#context(segments, basis, signal, request.segment), { task, signal, ...(on ? { on } : {}) }),
    );
  }

  look(request: LookRequest, segments: Segment[], basis: Basis, task: string, on?: OnProgress): Promise<Look> {
    return this.#tasks.run(task, async (signal) =>
      lookOf(this.#engine, request, await this.#context(segments, basis, signal), { task, signal, ...(on ? { on } : {}) }),
    );
  }

  async members(
    ref: SegmentRef,
    tags: string[],
    sort: { by: string; dir: 'asc' | 'desc' } | null,
    offset: number,
    limit: number,
    segments: Segment[],
    basis: Basis,
  ): Promise<MembersPage> {
    return members(this.#engine, ref, { tags, sort, offset, limit }, await this.#context(segments, basis, undefined, ref));
  }

  async card(entity: Entity, id: string, segments: Segment[], basis: Basis): Promise<Card> {
    return card(this.#engine, entity, id, await this.#context(segments, basis), this.#built?.files ?? []);
  }

  assortment(segment: Segment | null, segments: Segment[], basis: Basis, task: string, brushed: Brushed[] = []): Promise<Assortment> {
    return this.#tasks.run(task, async (signal) =>
      assortment(this.#engine, segment, await this.#context(segments, basis, signal), { signal }, brushed),
    );
  }

  async similar(entity: Entity, id: string, basis: Basis): Promise<Similar> {
    return similar(this.#engine, entity, id, await this.#context([], basis));
  }

  async personalFields(basis: Basis): Promise<PersonalField['field'][]> {
    return personalFields(await this.#context([], basis));
  }

  async personal(id: string, basis: Basis): Promise<PersonalField[]> {
    return personal(this.#engine, id, await this.#context([], basis));
  }

  line(file: string, line: number): Promise<RawLine> {
    return rawLine(this.#engine, this.#files.of(file), line);
  }

  values(of: ValuesOf, search: string, limit: number): Promise<{ value: string; n: number }[]> {
    return valuesOf(this.#engine, of, search, limit, this.#made.held?.tags ?? []);
  }

  async analyses(): Promise<AnalysisInfo[]> {
    return analysesOf(this.#data());
  }

  analyse(request: AnalysisRequest, segments: Segment[], basis: Basis, task: string): Promise<Answered> {
    return this.#tasks.run(task, async (signal) =>
      analyse(this.#engine, request, await this.#context(segments, basis, signal, request.segment), { signal }),
    );
  }

  people(request: AnalysisRequest, mark: MarkId, segments: Segment[], basis: Basis, task: string): Promise<{ rule: Rule; name: string } | null> {
    return this.#tasks.run(task, async (signal) =>
      peopleOf(this.#engine, request, mark, await this.#context(segments, basis, signal, request.segment), { signal }),
    );
  }

  shifts(since: Moment, basis: Basis, task: string): Promise<TagShift[]> {
    return this.#tasks.run(task, async (signal) => shiftsSince(this.#engine, since, (await this.#made.all(basis, { signal })).tags, { signal }));
  }

  usefulness(goal: Goal, since: Moment | null, basis: Basis, task: string): Promise<TagUse[]> {
    return this.#tasks.run(task, async (signal) =>
      usefulnessOf(this.#engine, goal, (await this.#made.all(basis, { signal })).tags, since, { signal }),
    );
  }

  refine(tag: string, goal: Goal, segments: Segment[], basis: Basis, task: string): Promise<RefineAnswer> {
    return this.#tasks.run(task, async (signal) => refine(this.#engine, tag, goal, await this.#context(segments, basis, signal), { signal }));
  }

  export(request: ExportRequest, segments: Segment[], basis: Basis, task: string): Promise<Exported> {
    return this.#tasks.run(task, async (signal) =>
      exportRows(this.#engine, request, await this.#context(segments, basis, signal, 'segment' in request ? request.segment : null), { signal }),
    );
  }

  rejected(file: string): Promise<Exported> {
    return exportRejected(this.#engine, this.#files.of(file), {});
  }

  async cancel(task: string): Promise<void> {
    this.#tasks.cancel(task);
  }

  keep(path: string, task: string): Promise<void> {
    return this.#tasks.run(task, async (signal) => void (await writeDatabase(this.#engine, await keepable(this.#engine), path, { signal })));
  }

  async restore(db: Blob, kept: Restorable): Promise<void> {
    const { files, mapping, settings, report, tagged } = kept;
    await attachDatabase(this.#engine, db);
    this.#files.adopt(files);
    this.#built = { files, mapping, settings, report };
    this.#kept = db;
    this.#stale = false;
    this.#made.forget();
    if (tagged) await this.#made.adopt(tagged.basis, tagged.catalogue);
  }

  async reattach(db: Blob): Promise<void> {
    // Only a restored project reads from a kept file, which the store takes away once a newer one is saved.
    if (!this.#kept) return;
    await attachDatabase(this.#engine, db);
    this.#kept = db;
    this.#stale = false;
  }

  async reset(): Promise<void> {
    this.#built = null;
    this.#kept = null;
    this.#stale = false;
    this.#made.forget();
    this.#files.clear();
    await this.#restart();
  }

  /** Fills a restarted engine again: from the kept database if there is one, and from the dropped files for what is not in it. */
  recover(): Promise<void> {
    const recovered = this.#recover();
    this.#tasks.hold(recovered);
    return recovered;
  }
  async #recover(): Promise<void> {
    const built = this.#built;
    this.#made.forget();
    if (this.#kept) await attachDatabase(this.#engine, this.#kept);
    if (this.#kept && !this.#stale) return;
    await this.#files.recover();
    if (built) await buildTables(this.#engine, built.files, built.mapping, built.settings, { task: 'recover' });
  }

  /** `refs`: rules beside the segments that the call is about. */
  async #context(segments: Segment[], basis: Basis, signal?: AbortSignal, ...refs: (SegmentRef | null)[]): Promise<RuleContext> {
    const catalogue = await this.#made.all(basis, { signal });
    const lists = await loadLists(this.#engine, [...segments, ...refs], signal ? { signal } : {});
    return { tags: catalogue.tags, facts: this.#data(), basis, segments, lists };
  }

  #data(): DataFacts {
    if (!this.#built) throw new TesseraError('NEEDS_MISSING', 'There is no data yet.', { next: 'Drop a file or open a demo.' });
    return this.#built.report.facts;
  }
}
