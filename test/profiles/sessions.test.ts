import { expect, it } from 'vitest';
import type { FileFacts, Mapping } from '../../src/core/files.ts';
import type { CardEvent } from '../../src/core/profile.ts';
import { staysOf } from '../../src/profiles/sessions.ts';
import { maskId, personalColumns } from '../../src/ui/segments/mask.ts';

const event = (at: string | null, occasion: number | null, name = 'view', amount: number | null = null): CardEvent =>
  ({ at, occasion, event: name, amount }) as CardEvent;

it('one occasion is one stay, and so are events less than half an hour apart; newest first', () => {
  const stays = staysOf([
    event('2024-03-02 10:00:00', 3),
    event('2024-03-01 13:00:00', 2, 'purchase', 20),
    event('2024-03-01 11:00:00', 2, 'purchase', 5),
    event('2024-03-01 10:45:00', 1, 'cart'),
    event('2024-03-01 10:10:00', 1),
    event('2024-03-01 09:00:00', 0),
  ]);
  expect(stays.map((s) => [s.from, s.events.length, s.minutes, s.purchases, s.amount])).toEqual([
    ['2024-03-02 10:00:00', 1, 0, 0, null],
    ['2024-03-01 10:10:00', 4, 170, 2, 25],
    ['2024-03-01 09:00:00', 1, 0, 0, null],
  ]);
});
it('events without a time are one stay at the end', () => {
  const stays = staysOf([event('2024-03-02 10:00:00', null), event(null, null), event(null, null)]);
  expect(stays.map((s) => [s.from, s.events.length])).toEqual([
    ['2024-03-02 10:00:00', 1],
    [null, 2],
  ]);
});
it('an id is hidden but for its end; short ones wholly', () => {
  expect([maskId('C-100234'), maskId('u1')]).toEqual(['••••34', '••••']);
});
it('of a line, what tells who somebody is: by role, names only of people, ids where they are to be hidden', () => {
  const columns = ['id', 'full name', 'mail', 'city'].map((name) => ({ name }));
  const file = { id: 'f', columns } as unknown as FileFacts;
  const mapping = (table: string): Mapping =>
    ({
      files: [
        {
          file: 'f',
          tables: [table],
          columns: [
            { column: 'id', role: 'user_id' },
            { column: 'full name', role: 'name' },
            { column: 'mail', role: 'email' },
            { column: 'city', role: 'city' },
          ],
        },
      ],
    }) as unknown as Mapping;
  expect(personalColumns(file, mapping('users'), false)).toEqual([false, true, true, false]);
  expect(personalColumns(file, mapping('users'), true)).toEqual([true, true, true, false]);
  expect(personalColumns(file, mapping('products'), false)).toEqual([false, false, true, false]);
});
