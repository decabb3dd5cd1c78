import { expect, test } from 'vitest';
import type { Mapping } from '../../src/core/files.ts';
import type { ProjectDoc } from '../../src/core/project.ts';
import { change, NO_HISTORY, undo } from '../../src/project/history.ts';
import { setRole } from '../../src/ui/data/set-role.ts';

const column = (name: string, role: string): unknown => ({ column: name, role, confidence: 'sure', evidence: 'by its name', asks: [] });

/** A document under history, and a studio whose guess waits until it is let go and then says the evidence anew. */
function stand() {
  const waiting: (() => void)[] = [];
  const app = {
    doc: {
      files: [],
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
        for (const c of next.files[0]!.columns) if (c.confidence === 'chosen') c.evidence = 'chosen by you';
        return next;
      },
    },
    answer: () => waiting.splice(0).forEach((go) => go()),
    roles: () => app.doc!.mapping.files[0]!.columns.map((c) => c.role),
    evidence: () => app.doc!.mapping.files[0]!.columns.map((c) => c.evidence),
  };
  return app;
}

test('a role and the evidence that follows are one step: one undo takes back both', async () => {
  const app = stand();
  const done = setRole(app, 'f', 'Country', 'region');
  app.answer();
  await done;
  expect(app.evidence()[0]).toBe('chosen by you');
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
  expect(app.evidence()).toEqual(['chosen by you', 'by its name', 'chosen by you']);
});
