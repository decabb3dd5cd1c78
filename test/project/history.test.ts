import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change, NO_HISTORY, redo, undo } from '../../src/project/history.ts';

interface Doc {
  name: string;
  list: number[];
  map: Record<string, number>;
}
const start: Doc = { name: 'a', list: [1, 2, 3], map: {} };
const edit = fc.oneof(
  fc.record({ kind: fc.constant('name' as const), v: fc.string() }),
  fc.record({ kind: fc.constant('push' as const), v: fc.integer() }),
  fc.record({ kind: fc.constant('drop' as const), v: fc.nat(5) }),
  fc.record({ kind: fc.constant('key' as const), v: fc.string() }),
);

describe('history', () => {
  it('undoes and redoes any row of changes exactly, also after a trip through JSON', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        let doc = start;
        let history = NO_HISTORY;
        const seen = [doc];
        for (const e of edits) {
          const next = change(doc, history, e.kind, (d) => {
            if (e.kind === 'name') d.name = e.v;
            else if (e.kind === 'push') d.list.push(e.v);
            else if (e.kind === 'drop') d.list.splice(e.v, 1);
            else d.map[`k${e.v}`] = 1;
          });
          if (next.doc !== doc) seen.push(next.doc);
          ({ doc, history } = next);
        }
        history = JSON.parse(JSON.stringify(history)) as typeof history;
        for (let i = seen.length - 2; i >= 0; i--) {
          const back = undo(doc, history)!;
          ({ doc, history } = back);
          expect(doc).toEqual(seen[i]);
        }
        expect(undo(doc, history)).toBeNull();
        for (let i = 1; i < seen.length; i++) {
          const forth = redo(doc, history)!;
          ({ doc, history } = forth);
          expect(doc).toEqual(seen[i]);
        }
      }),
    );
  });

  it('makes one step of changes that share a key', () => {
    let state = { doc: start, history: NO_HISTORY };
    for (const name of ['b', 'bc', 'bcd']) state = change(state.doc, state.history, 'Rename', (d) => void (d.name = name), 'rename');
    expect(state.history.undo).toHaveLength(1);
    expect(undo(state.doc, state.history)!.doc).toEqual(start);
  });

  it('forgets what was undone once something else is changed', () => {
    const a = change(start, NO_HISTORY, 'a', (d) => void (d.name = 'x'));
    const b = undo(a.doc, a.history)!;
    const c = change(b.doc, b.history, 'c', (d) => void (d.name = 'y'));
    expect(redo(c.doc, c.history)).toBeNull();
  });
});
