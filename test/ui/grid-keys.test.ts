import { expect, test } from 'vitest';
import { placeAfter } from '../../src/ui/parts/grid-keys.ts';

test('keys move in a grid and stop at its ends; row −1 is the head', () => {
  const at = { r: 2, c: 1 };
  const to = (key: string, ctrlKey = false, from = at): unknown => {
    const place = placeAfter({ key, ctrlKey }, from, 5, 3, 4);
    return place && [place.r, place.c];
  };
  expect(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', 'Enter'].map((k) => to(k))).toEqual([
    [1, 1],
    [3, 1],
    [2, 0],
    [2, 2],
    [-1, 1],
    [4, 1],
    [2, 0],
    [2, 2],
    null,
  ]);
  expect([to('Home', true), to('End', true), to('ArrowUp', false, { r: -1, c: 0 }), to('ArrowDown', false, { r: 4, c: 2 })]).toEqual([
    [0, 0],
    [4, 2],
    [-1, 0],
    [4, 2],
  ]);
});
