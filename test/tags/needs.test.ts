import { expect, test } from 'vitest';
import type { DataFacts, TableColumn } from '../../src/core/tables.ts';
import { exists, missing, needsInWords } from '../../src/tags/needs.ts';

const column = (name: string): TableColumn => ({ name, type: 'text', role: null, from: [], known: 3, distinct: 2 });
const facts = {
  tables: { users: { name: 'users', rows: 3, columns: [column('attr:city_tier'), column('attr:a.b|c:d')] } },
  events: { view: 2 },
  firstEvent: null,
} as unknown as DataFacts;

test("a file's own column is found whatever its name holds", () => {
  expect(exists(facts, ['users.attr:city_tier'])).toBe(true);
  expect(exists(facts, ['users.attr:a.b|c:d'])).toBe(true);
  expect(exists(facts, ['users.attr:a'])).toBe(false);
  expect(missing(facts, ['users.attr:gone|x'])).toEqual(['the column “gone|x”']);
});

test('kinds of events and alternatives', () => {
  expect(exists(facts, ['events:view'])).toBe(true);
  expect(exists(facts, ['events:purchase|events:view'])).toBe(true);
  expect(missing(facts, ['events:purchase'])).toEqual(['purchases: rows with an amount, or an event that means bought']);
});

test('are told in words, with the columns that meet them', () => {
  const told = {
    ...facts,
    tables: {
      users: { name: 'users', rows: 3, columns: [{ ...column('city'), role: 'city', from: ['people.csv › Town'] }] },
      events: { name: 'events', rows: 9, columns: [{ ...column('u'), role: 'user_id', from: ['orders.csv › Customer'] }] },
    },
  } as unknown as DataFacts;
  expect(needsInWords(told, ['user', 'users.city', 'users.age|users.birth_date', 'users.attr:Job title'])).toEqual([
    { words: 'a column that says which user', from: ['orders.csv › Customer'] },
    { words: 'a column with the city of a user', from: ['people.csv › Town'] },
    { words: 'a column with the age of a user, or a column with the date of birth of a user', from: [] },
    { words: 'the column “Job title”', from: [] },
  ]);
});
