import type { AnalysisInfo, AnalysisRequest, Answered, MarkId } from '../core/analysis.ts';
import { isCancelled, TesseraError } from '../core/errors.ts';
import type { BuildReport, Dialect, FileFacts, Mapping } from '../core/files.ts';
import type { Assortment } from '../core/assortment.ts';
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
import { attachDatabase, dropTables, keepable, writeDatabase } from '../engine/keep.ts';
import { buildTables } from '../ingest/build.ts';
import { guessMapping } from '../ingest/guess.ts';
import { openFile, peek, rawLine } from '../ingest/open.ts';
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
import { computeTags, prepareTags, resolveBasis, tagSql } from '../tags/compute.ts';
import type { TagDef } from '../tags/define.ts';
import { isFirst } from '../tags/first.ts';
import { computeOwn, ownTagSql, readBy } from '../tags/own/compute.ts';
import { cutLabels, findCuts } from '../tags/own/cuts.ts';
import { shiftsSince } from '../tags/stability.ts';
import { previewOwn, type OwnPreview } from '../tags/own/preview.ts';
import { analyse, analysesOf, peopleOf } from './analyses.ts';
import { lookOf, mirrorOf } from './honest.ts';
import { exportRejected, exportRows } from './export.ts';
import { rulesFor } from './own-tags.ts';
import type { DroppedFile, Exported, ExportRequest, OnProgress, Opened, Peek, RawLine, Restorable, Size, StudioApi, ValuesOf } from './studio-api.ts';
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
  readonly #sources = new Map<string, DroppedFile>();
  readonly #files = new Map<string, FileFacts>();
  #built: Built | null = null;
  #kept: Blob | null = null;
  /** Files were opened or tables built since the kept file was attached. */
  #stale = false;
  /** Without own tags, and with them. */
  #base: { key: string; value: Catalogue } | null = null;
  #catalogue: { key: string; value: Catalogue } | null = null;

  /** `restart` gives the engine's memory back; the native engine needs none. */
  constructor(engine: Engine, restart: () => Promise<void> = async () => undefined) {
    this.#engine = engine;
    this.#restart = restart;
  }

  open(files: DroppedFile[], before: FileFacts[], task: string, on?: OnProgress): Promise<Opened[]> {
    return this.#tasks.run(task, async (signal) => {
      const out: Opened[] = [];
      const known = [...before];
      for (const file of files) {
        try {
          const facts = await openFile(this.#engine, file, { before: known, known: file.known, task, ...(on ? { on } : {}), signal });
          this.#sources.set(facts.id, file);
          this.#stale = true;
          this.#files.set(facts.id, facts);
          known.push(facts);
          out.push({ ok: true, facts });
        } catch (e) {
          if (isCancelled(e)) throw e;
          const { code, message, next, where } = asTessera(e, file.name);
          out.push({ ok: false, name: file.name, error: { code, message, next, where } });
        }
      }
      return out;
    });
  }

  reopen(file: string, dialect: Partial<Dialect>, task: string, on?: OnProgress): Promise<FileFacts> {
    return this.#tasks.run(task, async (signal) => {
      const source = this.#sources.get(file);
      if (!source) throw new TesseraError('FILE_UNREADABLE', 'The file itself is needed to read it in another way.', { next: 'Drop it again.' });
      const facts = await openFile(this.#engine, source, { before: [], dialect, task, ...(on ? { on } : {}), signal });
      this.#files.set(facts.id, facts);
      this.#stale = true;
      return facts;
    });
  }

  async remove(file: string): Promise<void> {
    this.#facts(file);
    await dropTables(this.#engine, [`f_${file}`, `r_${file}`]);
    this.#sources.delete(file);
    this.#files.delete(file);
  }

  peek(file: string, offset: number, limit: number): Promise<Peek> {
    return peek(this.#engine, this.#facts(file), offset, limit);
  }

  guess(files: FileFacts[], previous?: Mapping): Promise<Mapping> {
    return guessMapping(this.#engine, files, previous);
  }

  build(files: FileFacts[], mapping: Mapping, settings: Settings, task: string, on?: OnProgress): Promise<BuildReport> {
    return this.#tasks.run(task, async (signal) => {
      const report = await buildTables(this.#engine, files, mapping, settings, { task, ...(on ? { on } : {}), signal });
      this.#built = { files, mapping, settings, report };
      this.#stale = true;
      this.#forgetTags();
      return report;
    });
  }

  async basis(settings: Settings): Promise<Basis> {
    return resolveBasis(settings, this.#data());
  }

  tags(basis: Basis, task: string, on?: OnProgress): Promise<Catalogue> {
    return this.#tasks.run(task, (signal) => this.#tags(basis, signal, on));
  }

  firstTags(basis: Basis, entity: Entity, wanted: string[], task: string, on?: OnProgress): Promise<Catalogue> {
    return this.#tasks.run(task, async (signal) => {
      const own = (basis.own ?? []).filter((def) => def.entity === entity);
      const needed = new Set([...wanted, ...own.flatMap((def) => readBy(def, this.#own(basis).rules))]);
      this.#forgetTags();
      const { own: _all, ...plain } = basis;
      const only = { entity, tag: (def: TagDef) => isFirst(def) || needed.has(def.id) };
      const base = await computeTags(this.#engine, this.#data(), plain, { signal, only, ...(on ? { on } : {}) });
      return computeOwn(this.#engine, base, own, this.#own(basis), { signal });
    });
  }

  async tagSql(id: string, entity: Entity, basis: Basis): Promise<string> {
    const own = basis.own?.find((d) => d.id === id && d.entity === entity);
    if (own) return ownTagSql(own, (await this.#tags(basis)).tags, this.#own(basis));
    return tagSql(id, entity, this.#data(), basis);
  }

  previewOwn(def: OwnDef, basis: Basis, task: string): Promise<OwnPreview> {
    return this.#tasks.run(task, async (signal) => {
      const catalogue = await this.#tags(basis, signal);
      return previewOwn(this.#engine, def, catalogue, basis.own ?? [], this.#own(basis), { signal });
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
      const info = (await this.#tags(basis, signal)).tags.find((t) => t.id === tag && t.entity === entity);
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
      await this.#tags(basis, signal);
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

  assortment(segment: Segment | null, segments: Segment[], basis: Basis, task: string): Promise<Assortment> {
    return this.#tasks.run(task, async (signal) => assortment(this.#engine, segment, await this.#context(segments, basis, signal), { signal }));
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
    return rawLine(this.#engine, this.#facts(file), line);
  }

  values(of: ValuesOf, search: string, limit: number): Promise<{ value: string; n: number }[]> {
    return valuesOf(this.#engine, of, search, limit, this.#catalogue?.value.tags ?? []);
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
    return this.#tasks.run(task, async (signal) => shiftsSince(this.#engine, since, (await this.#tags(basis, signal)).tags, { signal }));
  }

  usefulness(goal: Goal, since: Moment | null, basis: Basis, task: string): Promise<TagUse[]> {
    return this.#tasks.run(task, async (signal) => usefulnessOf(this.#engine, goal, (await this.#tags(basis, signal)).tags, since, { signal }));
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
    return exportRejected(this.#engine, this.#facts(file), {});
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
    files.forEach((f) => this.#files.set(f.id, f));
    this.#built = { files, mapping, settings, report };
    this.#kept = db;
    this.#stale = false;
    this.#forgetTags();
    if (!tagged) return;
    await prepareTags(this.#engine, tagged.basis, report.facts);
    this.#catalogue = { key: tagsKey(tagged.basis, report.facts), value: tagged.catalogue };
    const { own, ...plain } = tagged.basis;
    this.#base = { key: tagsKey(plain, report.facts), value: own ? withoutOwn(tagged.catalogue) : tagged.catalogue };
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
    this.#forgetTags();
    this.#files.clear();
    this.#sources.clear();
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
    this.#forgetTags();
    if (this.#kept) await attachDatabase(this.#engine, this.#kept);
    if (this.#kept && !this.#stale) return;
    for (const [id, source] of this.#sources) {
      const known = this.#files.get(id);
      await openFile(this.#engine, source, { before: [], task: 'recover', known, ...(known?.dialect ? { dialect: known.dialect } : {}) });
    }
    if (built) await buildTables(this.#engine, built.files, built.mapping, built.settings, { task: 'recover' });
  }

  /** Own tags stand on the others: where those are current, only own tags are made again. */
  async #tags(basis: Basis, signal?: AbortSignal, on?: OnProgress): Promise<Catalogue> {
    const { own = [], ...plain } = basis;
    const key = tagsKey(basis, this.#data());
    if (this.#catalogue?.key === key) return this.#catalogue.value;
    const baseKey = tagsKey(plain, this.#data());
    if (this.#base?.key !== baseKey) {
      this.#base = null;
      const run = computeTags(this.#engine, this.#data(), plain, { ...(signal ? { signal } : {}), ...(on ? { on } : {}) });
      const value = await run.catch((e: unknown) => {
        // Stopped half-way, the engine holds neither the old moment nor the new one.
        this.#catalogue = null;
        throw e;
      });
      this.#base = { key: baseKey, value };
    }
    this.#catalogue = null;
    const value = await computeOwn(this.#engine, this.#base!.value, own, this.#own(basis), signal ? { signal } : {});
    this.#catalogue = { key, value };
    return value;
  }

  #own(basis: Basis): { facts: DataFacts; basis: Basis; rules: ReturnType<typeof rulesFor> } {
    return { facts: this.#data(), basis, rules: rulesFor(this.#data(), basis) };
  }

  /** `refs`: rules beside the segments that the call is about. */
  async #context(segments: Segment[], basis: Basis, signal?: AbortSignal, ...refs: (SegmentRef | null)[]): Promise<RuleContext> {
    const catalogue = await this.#tags(basis, signal);
    const lists = await loadLists(this.#engine, [...segments, ...refs], signal ? { signal } : {});
    return { tags: catalogue.tags, facts: this.#data(), basis, segments, lists };
  }

  #forgetTags(): void {
    this.#base = this.#catalogue = null;
  }

  #data(): DataFacts {
    if (!this.#built) throw new TesseraError('NEEDS_MISSING', 'There is no data yet.', { next: 'Drop a file or open a demo.' });
    return this.#built.report.facts;
  }

  #facts(file: string): FileFacts {
    const facts = this.#files.get(file);
    if (!facts) throw new TesseraError('FILE_UNREADABLE', 'That file is not open.', { next: 'Drop it again.' });
    return facts;
  }
}

/** The catalogue as it was before own tags. */
const withoutOwn = (c: Catalogue): Catalogue => ({
  ...c,
  tags: c.tags.filter((t) => !t.own),
  waiting: c.waiting.filter((t) => t.problem === undefined),
});

const tagsKey = (basis: Basis, facts: DataFacts): string => JSON.stringify([basis, facts.digest]);

const asTessera = (e: unknown, file: string): TesseraError =>
  e instanceof TesseraError
    ? e
    : new TesseraError('INTERNAL', `${file} could not be opened.`, {
        next: 'Try it as CSV in UTF-8; the files loaded before are untouched.',
        where: { file },
        cause: e,
      });
