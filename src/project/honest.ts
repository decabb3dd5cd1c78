import type { Look, LookRequest, Mirror, MirrorRequest } from '../core/findings.ts';
import { TesseraError } from '../core/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { loadBoard, membersOf, onBoard, UNKNOWN } from '../profiles/board.ts';
import { tagsInRule } from '../profiles/in-rule.ts';
import { look } from '../profiles/look.ts';
import { mirror } from '../profiles/mirror.ts';
import { profiled } from '../profiles/profile.ts';
import type { RuleContext } from '../segments/context.ts';
import type { OnProgress } from './studio-api.ts';

interface Options {
  task: string;
  signal: AbortSignal;
  on?: OnProgress;
}
/** Work between two looks at whether it should stop. */
const SLICE_MS = 40;

/** Runs a generator to its end in slices, so that a cancellation is heard and progress is seen. `share` turns what it yields into 0 to 1. */
async function inSlices<T>(work: Generator<number, T>, share: (x: number) => number, { task, signal, on }: Options, phase: string): Promise<T> {
  const startedAt = performance.now();
  let last = startedAt;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - last < SLICE_MS) continue;
    on?.({ task, phase, done: Math.round(share(step.value) * 1000), of: 1000, unit: 'steps', startedAt });
    await new Promise((next) => setTimeout(next, 0));
    if (signal.aborted) throw signal.reason;
    last = performance.now();
  }
}

const boardTags = (entity: LookRequest['entity'], ctx: RuleContext, skip: ReadonlySet<string>) =>
  ctx.tags.filter((t) => t.entity === entity && profiled(t) && onBoard(t) && !skip.has(t.id));

/** The profile of random groups of a segment's size (`profiles/mirror.ts`). Throws TOO_FEW for a segment below the smallest group. */
export async function mirrorOf(engine: Engine, { entity, segment, runs, seed }: MirrorRequest, ctx: RuleContext, opts: Options): Promise<Mirror> {
  const started = performance.now();
  const members = await membersOf(engine, entity, segment, ctx, opts);
  const size = members.reduce((s, x) => s + x, 0);
  if (size < ctx.basis.k || size >= members.length)
    throw new TesseraError('TOO_FEW', 'There is nothing to mirror: the segment is everyone, or under the smallest group.', {
      next: 'Choose another segment.',
    });
  const skip = tagsInRule(segment, ctx);
  const board = await loadBoard(engine, entity, boardTags(entity, ctx, skip), true, opts);
  const made = await inSlices(mirror(board, members, { runs, seed, k: ctx.basis.k }), (x) => x / runs, opts, 'mirror');
  return { ...made, ms: performance.now() - started };
}

/** All values, pairs and promising triples of values for a goal (`profiles/look.ts`). Tags that the goal itself names are left out. */
export async function lookOf(engine: Engine, { entity, goal, least }: LookRequest, ctx: RuleContext, opts: Options): Promise<Look> {
  const started = performance.now();
  const ref = (rule: typeof goal.rule) => ({ id: 'goal', name: goal.name, rule, entity });
  const has = await membersOf(engine, entity, ref(goal.rule), ctx, opts);
  const known = goal.known ? await membersOf(engine, entity, ref(goal.known), ctx, opts) : null;
  const marks = has.map((x, i) => (known && !known[i] ? UNKNOWN : x));
  const skip = tagsInRule({ rule: goal.rule }, ctx);
  const board = await loadBoard(engine, entity, boardTags(entity, ctx, skip), false, opts);
  const made = await inSlices(look(board, marks, goal.name, { least: Math.max(least, ctx.basis.k) }), (x) => x, opts, 'look');
  return { ...made, ms: performance.now() - started };
}
