import { expect, it } from 'vitest';
import type { ProfileTag } from '../../src/core/profile.ts';
import { inReadingOrder, partOf } from '../../src/profiles/reading-order.ts';

const tag = (id: string, dimension: string): ProfileTag => ({ id, dimension }) as ProfileTag;

it('parts come in reading order, tags within a part as they came, each tag once', () => {
  const tags = [
    tag('main_device', 'activity'),
    tag('city', 'demographic'),
    tag('gender', 'demographic'),
    tag('monetary', 'purchasing power'),
    tag('lifecycle', 'activity'),
    tag('favourite_brand', 'interests'),
    tag('preferred_hour', 'activity'),
    tag('age_band', 'demographic'),
    tag('signup_channel', 'demographic'),
  ];
  expect(inReadingOrder(tags, 'user').map((g) => [g.part, g.tags.map((t) => t.id)])).toEqual([
    ['who', ['gender', 'age_band']],
    ['value', ['monetary']],
    ['lifecycle', ['lifecycle']],
    ['preferences', ['favourite_brand']],
    ['when', ['preferred_hour']],
    ['where', ['city']],
    ['through', ['main_device', 'signup_channel']],
  ]);
});

it('products have parts of their own; a column of the sale says where and through what', () => {
  expect(partOf(tag('price_position', 'price'), 'product')).toBe('price');
  expect(partOf(tag('stage', 'sales'), 'product')).toBe('lifecycle');
  expect(partOf(tag('attach_rate', 'sales'), 'product')).toBe('together');
  expect(partOf(tag('line:channel', 'sales'), 'product')).toBe('through');
  expect(partOf(tag('line:city', 'sales'), 'product')).toBe('where');
  expect(partOf(tag('attr:colour', 'product'), 'product')).toBe('what');
});
