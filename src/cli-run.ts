import { stat, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { HELP, readArguments } from './cli-args.ts';
import type { Arguments } from './cli-args.ts';
import { carryMapping, readProject } from './cli-project.ts';
import { inspectReport, tagsReport } from './cli-report.ts';
import type { AnalysisRequest } from './core/analysis.ts';
import { TesseraError } from './core/errors.ts';
import type { BuildReport, FileFacts, Mapping, Progress } from './core/files.ts';
import type { Baseline, ProfileRequest } from './core/profile.ts';
import { withOwn } from './core/own-tag.ts';
import type { Segment } from './core/rule.ts';
import { DEFAULT_SETTINGS } from './core/settings.ts';
import type { Basis, Settings } from './core/settings.ts';
import type { Definitions } from './project/definitions.ts';
import { allOpened } from './project/opened.ts';
import type { ExportRequest, StudioApi } from './project/studio-api.ts';

/** Where the command line speaks. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}
/** The one name for all calls of a run, so that an interrupt stops whichever is running. */
export const TASK = 'cli';

interface Ready {
  studio: StudioApi;
  args: Arguments;
  segments: Segment[];
  basis: Basis;
}

/** One line for each step of each file; a step that goes on says no more. */
function progressTo(terminal: Terminal, quiet: boolean): ((p: Progress) => void) | undefined {
  if (quiet) return undefined;
  let last = '';
  return (p) => {
    const line = [p.file, p.phase].filter(Boolean).join(': ');
    if (line !== last) terminal.err((last = line));
  };
}

async function openFiles(studio: StudioApi, args: Arguments, on: ((p: Progress) => void) | undefined): Promise<FileFacts[]> {
  for (const path of args.files) {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile())
      throw new TesseraError('FILE_UNREADABLE', `${path} is not a file that can be read.`, { next: 'Check the path.', where: { file: path } });
  }
  const dropped = args.files.map((path) => ({ name: basename(path), source: { path: resolve(path) } }));
  return allOpened(await studio.open(dropped, [], TASK, on));
}

/** The guess, with what the project and --role decide. Roles that were given are chosen; the rest is guessed around them. */
async function mapFiles(studio: StudioApi, args: Arguments, project: Definitions | null, files: FileFacts[]): Promise<Mapping> {
  const mapping = await studio.guess(files, project ? carryMapping(project, files) : undefined);
  if (args.roles.length === 0) return mapping;
  for (const { file, column, role } of args.roles) {
    const name = basename(args.files[file]!);
    const mapped = mapping.files.find((m) => m.file === files[file]!.id)?.columns.find((c) => c.column === column);
    if (!mapped)
      throw new TesseraError('MAP_INVALID', `${name} has no column ${column}.`, {
        next: 'Run tessera inspect to see its columns.',
        where: { file: name, column },
      });
    mapped.role = role;
    mapped.confidence = 'chosen';
  }
  return studio.guess(files, mapping);
}

function settingsOf(args: Arguments, project: Definitions | null): Settings {
  const settings = withOwn({ ...DEFAULT_SETTINGS, ...project?.settings }, project?.ownTags);
  return { ...settings, asOf: args.asOf ?? settings.asOf, zone: args.zone ?? settings.zone, k: args.k ?? settings.k };
}

function named(segments: Segment[], name: string): Segment {
  const found = segments.find((s) => s.id === name) ?? segments.find((s) => s.name === name);
  if (found) return found;
  const next = segments.length ? `It has: ${segments.map((s) => s.name).join(', ')}.` : 'It has none.';
  throw new TesseraError('RULE_UNKNOWN_SEGMENT', `The project has no segment ${name}.`, { next });
}

const segmentOf = ({ args, segments }: Ready): Segment | null =>
  args.segment !== null ? named(segments, args.segment) : args.rule ? { id: 'rule', name: 'rule', rule: args.rule, entity: args.entity } : null;

function baselineOf({ args, segments }: Ready): Baseline {
  if (args.baseline === 'everyone' || args.baseline === 'complement') return { kind: args.baseline };
  return { kind: 'segment', id: named(segments, args.baseline).id };
}

async function writeOut({ studio, args, segments, basis }: Ready, request: ExportRequest): Promise<object> {
  const { rows, bytes } = await studio.export(request, segments, basis, TASK);
  await writeFile(args.out!.path, bytes).catch((cause: unknown) => {
    throw new TesseraError('USAGE', `${args.out!.path} cannot be written.`, { next: 'Check the folder and its rights.', cause });
  });
  return { file: args.out!.path, format: args.out!.format, rows, bytes: bytes.length, asOf: basis.asOf };
}

async function tags(ready: Ready): Promise<object> {
  const { studio, args, basis } = ready;
  const catalogue = await studio.tags(basis, TASK);
  if (args.out) return writeOut(ready, { what: 'tags', entity: args.entity, format: args.out.format, guard: args.guard });
  return tagsReport(catalogue, basis.k);
}

async function profile(ready: Ready): Promise<object> {
  const { studio, args, segments, basis } = ready;
  await studio.tags(basis, TASK);
  const request: ProfileRequest = {
    entity: args.entity,
    segment: segmentOf(ready),
    baseline: baselineOf(ready),
    weight: args.weight,
    ...(args.tags.length ? { tags: args.tags } : {}),
  };
  if (args.out) return writeOut(ready, { what: 'profile', request, format: args.out.format, guard: args.guard });
  return studio.profile(request, segments, basis, TASK);
}

async function segment(ready: Ready): Promise<object> {
  const { studio, args, segments, basis } = ready;
  await studio.tags(basis, TASK);
  const chosen = segmentOf(ready);
  if (!chosen) {
    if (args.out) throw new TesseraError('USAGE', '--out needs --rule or --segment.', { next: 'Say whose ids to write.' });
    return { ready: await studio.readyMade(basis, TASK) };
  }
  if (args.out) return writeOut(ready, { what: 'members', segment: chosen, tags: args.tags, format: args.out.format, guard: args.guard });
  const { n, universe, revenue, words, sql } = await studio.size(chosen, segments, basis, TASK);
  const hidden = n > 0 && n < basis.k;
  return {
    name: chosen.name,
    words,
    n: hidden ? null : n,
    hidden,
    universe,
    revenue: hidden ? null : revenue,
    asOf: basis.asOf,
    rule: chosen.rule,
    sql,
  };
}

/** An insight or a decision; JSON holds the answer, its tables and where the numbers came from. */
async function question(ready: Ready): Promise<object> {
  const { studio, args, segments, basis } = ready;
  const request: AnalysisRequest = {
    id: args.question!,
    params: args.params,
    segment: segmentOf(ready),
    baseline: segmentOf(ready) && baselineOf(ready),
  };
  if (args.out) return writeOut(ready, { what: 'analysis', request, table: args.table, format: args.out.format, guard: args.guard });
  return studio.analyse(request, segments, basis, TASK);
}

/** `inspect` says what it found even where no tables can be made of it; the reason goes along, and the run still ends as bad input. */
async function inspect(files: FileFacts[], mapping: Mapping, build: () => Promise<BuildReport>): Promise<Answer> {
  try {
    return { json: inspectReport(files, mapping, await build()) };
  } catch (problem) {
    if (!(problem instanceof TesseraError) || !problem.code.startsWith('MAP_')) throw problem;
    return { json: inspectReport(files, mapping, null), problem };
  }
}

interface Answer {
  json: object;
  problem?: TesseraError;
}

/** From files to the answer of the command. */
async function answer(studio: StudioApi, args: Arguments, terminal: Terminal): Promise<Answer> {
  const on = progressTo(terminal, args.quiet);
  const project = args.project === null ? null : await readProject(args.project);
  const settings = settingsOf(args, project);
  const files = await openFiles(studio, args, on);
  const mapping = await mapFiles(studio, args, project, files);
  const build = (): Promise<BuildReport> => studio.build(files, mapping, settings, TASK, on);
  if (args.command === 'inspect') return inspect(files, mapping, build);
  await build();
  const ready: Ready = { studio, args, segments: project?.segments ?? [], basis: await studio.basis(settings) };
  return { json: await { tags, profile, segment, insight: question, decide: question }[args.command](ready) };
}

/** A sentence, what to do, and where; as the app says it. */
function say(error: TesseraError): string {
  const { file, line, column, tag, rulePath } = error.where;
  const where = [
    file,
    line === undefined ? undefined : `line ${line}`,
    column && `column ${column}`,
    tag && `tag ${tag}`,
    rulePath && `rule at ${rulePath}`,
  ].filter(Boolean);
  return [`tessera: ${error.message}`, error.next, where.length ? `(${where.join(', ')})` : ''].filter(Boolean).join('\n');
}

/** Runs one command and answers its exit code: 0 done, 2 bad input (said on stderr), 1 a fault of ours. */
export async function run(
  argv: string[],
  terminal: Terminal,
  openStudio: () => Promise<{ studio: StudioApi; close(): Promise<void> }>,
  version: string,
): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args === 'help' || args === 'version') {
      terminal.out(args === 'help' ? HELP : version);
      return 0;
    }
    const { studio, close } = await openStudio();
    try {
      const { json, problem } = await answer(studio, args, terminal);
      terminal.out(JSON.stringify(json, null, 2));
      if (problem) throw problem;
      return 0;
    } finally {
      await close();
    }
  } catch (e) {
    if (e instanceof TesseraError && e.code !== 'INTERNAL' && e.code !== 'ENGINE_SQL') {
      terminal.err(say(e));
      return e.code === 'CANCELLED' ? 130 : 2;
    }
    terminal.err(
      `tessera: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}${e instanceof Error && e.cause ? `\ncaused by: ${String(e.cause)}` : ''}`,
    );
    return 1;
  }
}
