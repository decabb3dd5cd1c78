import { expect, test } from 'vitest';
import type { FileFacts, Mapping } from '../../src/core/files.ts';
import type { ProjectDoc } from '../../src/core/project.ts';
import { change, NO_HISTORY, undo } from '../../src/project/history.ts';
import { readAgain, setOption, setRole } from '../../src/ui/data/remap.ts';
import { guessed } from '../../src/ui/state/guessed.ts';

const column = (name: string, role: string): unknown => ({ column: name, role, confidence: 'sure', evidence: 'by its name', asks: [] });

/** A document under history, and a studio whose guess waits until it is let go and then says the evidence anew. */
function stand() {
  const waiting: (() => void)[] = [];
  const app = {
    doc: {
      files: [{ id: 'f', rows: 1 }],
      mapping: { files: [{ file: 'f', columns: [column('Country', 'country'), column('Town', 'city'), column('Sex', 'gender')], options: {} }] },
    } as unknown as ProjectDoc | null,
    history: NO_HISTORY,
    change(label: string, recipe: Parameters<typeof change<ProjectDoc>>[3], key: string | null = null) {
      Object.assign(app, change(app.doc!, app.history, label, recipe, key));
    },
    back: () => void Object.assign(app, undo(app.doc!, app.history)),
    studio: {
      guess: async (_: unknown, asked?: Mapping): Promise<Mapping> => {
        await new Promise<void>((go) => waiting.push(go));
        const next = structuredClone(asked!);
        for (const c of next.files.flatMap((f) => f.columns)) {
          // Looked at anew: what was chosen, and what an answer has settled.
          if (c.confidence === 'chosen') c.evidence = 'chosen by you, looked at';
          if (next.files[0]?.options.decimal?.[c.column]) c.evidence = 'numbers by your sign';
        }
        return next;
      },
      reopen: async () => {
        await Promise.resolve();
        return { id: 'f', rows: 2 } as unknown as FileFacts;
      },
    },
    pipeline: { track: () => undefined },
    answer: () => waiting.splice(0).forEach((go) => go()),
    roles: () => app.doc!.mapping.files[0]!.columns.map((c) => c.role),
    evidence: () => app.doc!.mapping.files[0]!.columns.map((c) => c.evidence),
  };
  return app;
}

const tick = (): Promise<void> => new Promise((go) => setTimeout(go));
/** Answers whatever is asked until this is done. */
async function answered<T>(app: ReturnType<typeof stand>, done: Promise<T>): Promise<T> {
  const state = { over: false };
  void done.then(() => (state.over = true));
  while (!state.over) {
    app.answer();
    await tick();
  }
  return done;
}

test('a role and the evidence that follows are one step: one undo takes back both', async () => {
  const app = stand();
  const done = setRole(app, 'f', 'Country', 'region');
  app.answer();
  await done;
  expect(app.evidence()[0]).toBe('chosen by you, looked at');
  expect(app.history.undo.map((s) => s.label)).toEqual(['Country becomes Region']);
  app.back();
  expect(app.roles()).toEqual(['country', 'city', 'gender']);
  expect(app.evidence()[0]).toBe('by its name');
});

test('the same column given two roles after each other are two steps', async () => {
  const app = stand();
  for (const role of ['region', 'postcode'] as const) {
    const done = setRole(app, 'f', 'Country', role);
    app.answer();
    await done;
  }
  expect(app.history.undo).toHaveLength(2);
});

test('what was taken back while the evidence was looked for stays taken back, and can be made again', async () => {
  const app = stand();
  const done = setRole(app, 'f', 'Country', 'region');
  app.back();
  app.answer();
  await done;
  expect(app.roles()).toEqual(['country', 'city', 'gender']);
  expect(app.history.redo).toHaveLength(1);
});

test('a second choice made meanwhile is not lost', async () => {
  const app = stand();
  const first = setRole(app, 'f', 'Country', 'region');
  const second = setRole(app, 'f', 'Sex', null);
  expect(app.roles()).toEqual(['region', 'city', null]);
  app.answer();
  await Promise.all([first, second]);
  expect(app.roles()).toEqual(['region', 'city', null]);
  expect(app.evidence()).toEqual(['chosen by you, looked at', 'by its name', 'chosen by you, looked at']);
});

test('an option answered meanwhile leaves no old evidence, of either column', async () => {
  const app = stand();
  const first = setRole(app, 'f', 'Country', 'region');
  expect(app.evidence()[0]).toBe('chosen by you');
  const second = setOption(app, 'f', 'Town', 'decimal', ',');
  app.answer();
  await Promise.all([first, second]);
  expect(app.evidence()).toEqual(['chosen by you, looked at', 'numbers by your sign', 'by its name']);
  expect(app.history.undo).toHaveLength(2);
  app.back();
  // The answer is taken back with what it settled; the choice before it says no more than that it was one.
  expect(app.evidence()).toEqual(['chosen by you', 'by its name', 'by its name']);
});

test('a column that loses its role to another says so at once', () => {
  const app = stand();
  void setRole(app, 'f', 'Town', 'country');
  expect(app.roles()).toEqual([null, 'country', 'gender']);
  expect(app.evidence()).toEqual(['chosen by you', 'chosen by you', 'by its name']);
});

test('a file read again keeps what was changed of other files meanwhile, and one removed meanwhile stays away', async () => {
  const app = stand();
  const both = (d: ProjectDoc): void => {
    d.files.push({ id: 'g' } as unknown as FileFacts);
    d.mapping.files.push({ file: 'g', columns: [column('Kind', 'category')], options: {} } as unknown as Mapping['files'][number]);
  };
  app.change('add', both);
  const done = readAgain(app, 'f', { delimiter: ';' });
  await tick();
  const choice = setRole(app, 'g', 'Kind', null);
  await answered(app, Promise.all([done, choice]));
  expect(app.doc!.files.map((f) => [f.id, f.rows])).toEqual([
    ['f', 2],
    ['g', undefined],
  ]);
  expect(app.doc!.mapping.files.find((m) => m.file === 'g')!.columns.map((c) => c.role)).toEqual([null]);

  const gone = readAgain(app, 'f', { delimiter: ';' });
  app.change('remove', (d) => {
    d.files = d.files.filter((f) => f.id !== 'f');
    d.mapping.files = d.mapping.files.filter((f) => f.file !== 'f');
  });
  await answered(app, gone);
  expect(app.doc!.files.map((f) => f.id)).toEqual(['g']);
});

test('a guess for files that are added rests on what stands when it is known', async () => {
  const app = stand();
  const added = guessed(
    () => app.doc,
    (files, previous) => app.studio.guess(files, previous),
    ({ files, mapping }) => ({ files: [...files, { id: 'new' } as unknown as FileFacts], previous: mapping }),
  );
  const choice = setRole(app, 'f', 'Country', 'region');
  await answered(app, choice);
  const next = await answered(app, added);
  expect(next!.mapping.files[0]!.columns[0]!.role).toBe('region');
  expect(next!.files.map((f) => f.id)).toEqual(['f', 'new']);
  app.doc = null;
  expect(
    await guessed(
      () => app.doc,
      () => Promise.reject(new Error('not asked')),
      () => null,
    ),
  ).toBeNull();
});
