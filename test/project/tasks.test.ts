import { expect, test } from 'vitest';
import { engineError, isOver } from '../../src/engine/engine-error.ts';
import { Tasks } from '../../src/project/tasks.ts';

test('calls wait while the engine is filled again, however that ends, and one that was cancelled meanwhile never starts', async () => {
  const tasks = new Tasks();
  const done: string[] = [];
  const say = (what: string) => async () => void done.push(what);
  let fail!: (e: Error) => void;
  tasks.hold(new Promise((_, reject) => (fail = reject)));
  const first = tasks.run('export', say('export'));
  const stopped = tasks.run('profile', say('never')).catch((e: unknown) => (e as { code: string }).code);
  const newer = tasks.run('profile', say('profile'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(done).toEqual([]);
  fail(new Error('the file is gone'));
  await Promise.all([first, newer]);
  expect(done).toEqual(['export', 'profile']);
  expect(await stopped).toBe('CANCELLED');
});

test('an engine that refuses everything after a fault of its own is over, one that refuses a statement is not', () => {
  for (const text of [
    'FATAL Error: Failed: database has been invalidated because of a previous fatal error.',
    'INTERNAL Error: Attempted to access index 3 within vector of size 3',
  ]) {
    expect(isOver(new Error(text))).toBe(true);
    expect(engineError(new Error(text)).code).toBe('ENGINE_RESTARTED');
  }
  for (const text of [
    'Catalog Error: Table with name x does not exist!',
    'Conversion Error: Could not convert string "INTERNAL Error: x" to INT32',
  ]) {
    expect(isOver(new Error(text))).toBe(false);
    expect(engineError(new Error(text)).code).toBe('ENGINE_SQL');
  }
});
