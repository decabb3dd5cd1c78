import { describe, expect, it } from 'vitest';
import { receivingOnce, sendingOnce } from '../../src/project/lists-once.ts';

const list = (n: number, mark = 'u'): string[] => Array.from({ length: n }, (_, i) => `${mark}${i}`);

/** A worker as the page sees it: everything is cloned on its way, and the characters that were sent are counted. */
function worker() {
  const calls: unknown[][] = [];
  const sizes: number[] = [];
  const served = receivingOnce({ size: (...args: unknown[]) => void calls.push(args) });
  const remote = sendingOnce({
    size: (...args: unknown[]) => {
      sizes.push(JSON.stringify(args).length);
      served.size(...(structuredClone(args) as unknown[]));
    },
  });
  return { remote, calls, sizes };
}

describe('long lists cross to a worker once', () => {
  it('and arrive whole in every call, wherever they stand', () => {
    const { remote, calls, sizes } = worker();
    const ids = list(20_000);
    const segment = { id: 'a', name: 'A', rule: { all: [{ ids }, { tag: 'age', gte: 3 }] } };
    remote.size(segment, [segment, { id: 'b', name: 'B', rule: { not: { ids } } }], { k: 5 }, 'task');
    remote.size({ rule: { ids } }, [segment], null, undefined);
    expect(calls).toEqual([
      [segment, [segment, { id: 'b', name: 'B', rule: { not: { ids } } }], { k: 5 }, 'task'],
      [{ rule: { ids } }, [segment], null, undefined],
    ]);
    expect(sizes[0]).toBeLessThan(JSON.stringify(ids).length * 1.5);
    expect(sizes[1]).toBeLessThan(300);
  });
  it('what is sent is left as it was, and short lists and other values go as they are', () => {
    const { remote, calls } = worker();
    const given = { ids: list(3), at: new Date(0), bytes: new Uint8Array(4), rows: [[1, 'a']], nothing: null };
    remote.size(given);
    expect(calls[0]).toEqual([given]);
    const long = { ids: list(900) };
    remote.size(long);
    expect(long).toEqual({ ids: list(900) });
  });
  it('ids of any characters arrive as they are', () => {
    const { remote, calls } = worker();
    const odd = [...list(600), '', '\u0001', 'a\u0001b', ' ', '日本'];
    const plain = [...list(600), '', ' ', '日本'];
    remote.size({ ids: odd }, { ids: plain });
    remote.size({ ids: plain }, { ids: odd });
    expect(calls).toEqual([
      [{ ids: odd }, { ids: plain }],
      [{ ids: plain }, { ids: odd }],
    ]);
  });
  it('what could not be sent is sent again', async () => {
    const got: unknown[] = [];
    const served = receivingOnce({ size: (x: unknown) => void got.push(x) });
    const remote = sendingOnce({ size: async (...args: unknown[]) => served.size(...(structuredClone(args) as [unknown])) });
    const ids = list(700);
    await expect(remote.size({ ids, no: () => 1 })).rejects.toThrow(DOMException);
    await remote.size({ ids });
    expect(got).toEqual([{ ids }]);
  });
  it('more lists than there are slots still arrive as what they are', () => {
    const { remote, calls } = worker();
    const many = Array.from({ length: 20 }, (_, i) => ({ ids: list(600, `l${i}-`) }));
    for (const rule of [...many, ...many, many[3]!, many[19]!]) remote.size({ rule });
    remote.size(many);
    expect(calls).toEqual([...[...many, ...many, many[3], many[19]].map((rule) => [{ rule }]), [many]]);
  });
});
