import type { RoleWords } from './role-words.ts';
import type { ColumnLook } from './look.ts';
import { isCountry } from './countries.ts';
import { eventKind } from './event-words.ts';
import { isArmWord, isDeviceWord, isGenderWord, isOsWord, isStatusWord, isYesNo } from './value-words.ts';

export type TestName =
  | 'id'
  | 'unique id'
  | 'date'
  | 'birth date'
  | 'number'
  | 'whole'
  | 'not negative'
  | 'rating'
  | 'age'
  | 'age bands'
  | 'cat'
  | 'text'
  | 'path'
  | 'two values'
  | 'two to ten'
  | 'email'
  | 'phone'
  | 'postcode'
  | 'countries'
  | 'gender words'
  | 'event words'
  | 'device words'
  | 'os words'
  | 'status words'
  | 'arm words';
/** A test of a column's values and what passing it is worth. `most` is the m of *cat ≤ m*. */
export interface ValueTest {
  test: TestName;
  v: number;
  most?: number;
}
export interface ValueScore {
  v: number;
  test: TestName | null;
}

/** Share of distinct values that must pass (definitions, section 2). */
const MOST = 0.95;
const WORDS = 0.5;
const COUNTRIES = 0.8;

const FRACTION = /^[-+]?\d*[.,]\d+$/;
const DATE = /^\d{1,4}([-/.])\d{1,2}\1\d{2,4}([ T].*)?$|^\d{4}年/;
const BAND =
  /^\D{0,12}\d{1,3}\s*(?:-|–|~|to|bis|à|a|au|hasta|至|到)\s*\d{1,3}\D{0,12}$|^(?:<|>|≤|≥|under|over|below|above|unter|über|moins de|plus de|menos de|más de|mais de)=?\s*\d{1,3}\D{0,12}$|^\d{1,3}\s*(?:\+|plus|and over|and older|岁以上|以上|岁以下|以下)$/i;

/** Share of the sampled distinct values for which the test holds; 0 where there is none. */
function share(look: ColumnLook, test: (value: string) => boolean): number {
  return look.values.length === 0 ? 0 : look.values.filter(test).length / look.values.length;
}

const isId = (value: string): boolean =>
  value.length <= 64 && !/\s/.test(value) && (/^\d+$/.test(value) || (!FRACTION.test(value) && !DATE.test(value)));

function isPhone(value: string): boolean {
  const digits = value.replace(/[\s().+/-]/g, '');
  return /^\d{7,15}$/.test(digits);
}

const isText = (look: ColumnLook): boolean => look.known > 0 && look.numbers < 0.5 && look.dates < 0.5;
const within = (look: ColumnLook, most: number): boolean =>
  look.distinct > 0 && look.distinct <= most && (look.distinct <= 20 || look.distinct <= look.known / 2);
const numeric = (look: ColumnLook): boolean => look.numbers >= MOST;

/** At least ten years older than the newest date of all files: dates of birth, as nobody reads the clock. */
function isBirth(look: ColumnLook): boolean {
  if (look.dates < MOST || look.medianDate === null || look.newestDate === null) return false;
  return addYears(look.medianDate, 10) < look.newestDate;
}
const addYears = (date: string, n: number): string => String(Number(date.slice(0, 4)) + n).padStart(4, '0') + date.slice(4);

const PASSES: Record<TestName, (look: ColumnLook, most: number) => boolean> = {
  id: (c) => c.distinct > 2 && share(c, isId) >= MOST,
  'unique id': (c) => c.distinct > 2 && c.distinct === c.known && share(c, isId) >= MOST,
  date: (c) => c.dates >= MOST,
  'birth date': isBirth,
  number: numeric,
  whole: (c) => c.wholes >= MOST,
  'not negative': (c) => numeric(c) && (c.range?.[0] ?? -1) >= 0,
  rating: (c) => numeric(c) && c.distinct >= 2 && c.distinct <= 11 && (c.range?.[0] ?? -1) >= 0 && (c.range?.[1] ?? 11) <= 10,
  age: (c) => c.wholes >= MOST && share(c, (v) => Number(v) >= 0 && Number(v) <= 120) >= MOST,
  'age bands': (c) => share(c, (v) => BAND.test(v)) >= MOST,
  cat: within,
  text: (c, most) => isText(c) && (most === Infinity || within(c, most)),
  path: (c) => isText(c) && share(c, (v) => /[^\s/>|]\s*[/>|]\s*[^\s/>|]/.test(v) && !v.includes('://')) >= MOST,
  'two values': (c) => c.distinct === 2,
  'two to ten': (c) => c.distinct >= 2 && c.distinct <= 10,
  email: (c) => share(c, (v) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(v)) >= MOST,
  phone: (c) => share(c, isPhone) >= MOST,
  postcode: (c) => share(c, (v) => /^[\p{L}\d][\p{L}\d -]{1,8}[\p{L}\d]$/u.test(v) && /\d/.test(v)) >= MOST,
  countries: (c) => share(c, isCountry) >= COUNTRIES,
  'gender words': (c) => share(c, isGenderWord) >= MOST,
  'event words': (c) => isText(c) && share(c, (v) => eventKind(v) !== null) >= WORDS,
  'device words': (c) => isText(c) && share(c, isDeviceWord) >= WORDS,
  'os words': (c) => isText(c) && share(c, isOsWord) >= WORDS,
  'status words': (c) => isText(c) && share(c, isStatusWord) >= WORDS,
  'arm words': (c) => c.distinct >= 2 && c.distinct <= 10 && share(c, isArmWord) >= WORDS,
};

/** Half of at most four distinct values begin with a word for yes or no, or they are 0 and 1. Such columns answer a question; few roles do. */
export function isYesNoColumn(look: ColumnLook): boolean {
  if (look.distinct === 0 || look.distinct > 4) return false;
  const letters = look.values.map((v) => v.toLowerCase());
  if (look.distinct === 2 && (['0', '1'].every((v) => letters.includes(v)) || ['t', 'f'].every((v) => letters.includes(v)))) return true;
  return share(look, isYesNo) >= 0.5;
}
const ANSWERS = new Set(['consent', 'label', 'variant']);

/** Value score V of a column for a role: the worth of the best test that it passes, 0 if none does (a veto). Definitions, section 2. */
export function valueScore(look: ColumnLook, words: Pick<RoleWords, 'role' | 'tests'>): ValueScore {
  let best: ValueScore = { v: 0, test: null };
  if (look.known === 0 || (isYesNoColumn(look) && !ANSWERS.has(words.role))) return best;
  for (const { test, v, most } of words.tests) if (v > best.v && PASSES[test](look, most ?? Infinity)) best = { v, test };
  return best;
}
