import { describe, expect, it } from 'vitest';
import type { OwnTag } from '../../src/core/own-tag.ts';
import type { ProjectDoc } from '../../src/core/project.ts';
import type { Segment } from '../../src/core/rule.ts';
import type { TagInfo } from '../../src/core/tag.ts';
import { definitionsOf } from '../../src/project/definitions.ts';
import { change, NO_HISTORY, undo } from '../../src/project/history.ts';
import { segmentLink } from '../../src/project/link.ts';
import { changedSince, rememberSeen } from '../../src/project/stale.ts';

const tag = (id: string, digest: string, version = '1.0', part: Partial<TagInfo> = {}): TagInfo =>
  ({ id, entity: 'user', title: id, version: `${id}@${version}`, digest, known: 7, ...part }) as TagInfo;
const before = [tag('tier', 'a'), tag('city', 'b'), tag('mix', 'c', '1.0', { own: { kind: 'formula', uses: ['tier'] } })];
const after = [tag('tier', 'x', '2.0'), tag('city', 'b'), tag('mix', 'y', '1.0', { own: { kind: 'formula', uses: ['tier'] } })];
const own = { id: 'mix', entity: 'user', versions: [] } as OwnTag;
const segments: Segment[] = [
  { id: 'high', name: 'High', rule: { all: [{ tag: 'tier', is: 'high' }] } },
  { id: 'lyon', name: 'Lyon', rule: { all: [{ tag: 'city', is: 'Lyon' }] } },
  { id: 'both', name: 'Both', rule: { any: [{ segment: 'high' }, { segment: 'lyon' }] }, limit: { top: 5, by: 'mix' } },
];
const doc = { name: 'p', files: [], segments, ownTags: [own] } as unknown as ProjectDoc;
const edited = change(doc, NO_HISTORY, 'edited', (d) => rememberSeen(d, doc, before, new Map([['high', 6206]])));
const marks = (d: ProjectDoc, tags: TagInfo[]) =>
  [...d.segments, ...d.ownTags!].map((s) => [s.id, changedSince(s.seen, 'user', tags).map((c) => `${c.tag.id} ${c.then} ${c.now}`)]);

describe('what was last known', () => {
  it('says of each segment and own tag which tags it uses have changed, through the segments it names', () => {
    expect(marks(edited.doc, before).every(([, changes]) => changes!.length === 0)).toBe(true);
    expect(marks(edited.doc, after)).toEqual([
      ['high', ['tier 1.0 2.0']],
      ['lyon', []],
      ['both', ['tier 1.0 2.0', 'mix 1.0 1.0']],
      ['mix', ['tier 1.0 2.0']],
    ]);
    expect(edited.doc.segments[0]!.seen!.n).toBe(6206);
    expect(edited.doc.segments[1]!.seen!.n).toBeNull();
    expect(edited.doc.ownTags![0]!.seen).toEqual({ n: 7, tags: { tier: { version: 'tier@1.0', digest: 'a' } } });
  });
  it('keeps what was known first until the change is taken over, and goes with the step that wrote it', () => {
    const again = change(edited.doc, edited.history, 'more', (d) =>
      rememberSeen(
        d,
        edited.doc,
        after,
        new Map([
          ['high', 1],
          ['lyon', 2],
        ]),
      ),
    );
    expect(again.doc.segments[0]!.seen!.n).toBe(6206);
    expect(again.doc.segments[1]!.seen!.n).toBe(2);
    expect(undo(edited.doc, edited.history)!.doc).toEqual(doc);
  });
  it('travels neither in a link nor in a saved project', () => {
    const link = segmentLink(edited.doc.segments[0]!, { segments: edited.doc.segments, ownTags: [own], tags: before });
    expect(JSON.stringify(link)).not.toContain('6206');
    expect(JSON.stringify(definitionsOf(edited.doc))).not.toContain('seen');
  });
});
