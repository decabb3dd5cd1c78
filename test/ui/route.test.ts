import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, parseRoute, PLACES } from '../../src/ui/state/route.ts';

it('reads back every route it writes', () => {
  const text = fc.string({ minLength: 1, unit: 'binary' }).filter((s) => s.isWellFormed());
  fc.assert(
    fc.property(fc.constantFrom(...PLACES), fc.option(text), fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text), (place, object, params) => {
      const route = { place, object, tab: object ? 'profile' : null, params: { ...params } };
      expect(parseRoute(hashOf(route))).toEqual(route);
    }),
  );
});
it('takes anything unknown for the start page', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A', '#x?y']) expect(parseRoute(hash).place).toBe('start');
});
