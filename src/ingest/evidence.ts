import { listed } from '../core/sentence.ts';
import type { ColumnLook } from './look.ts';
import { eventKind } from './event-words.ts';
import type { NameScore } from './name-score.ts';
import { count, number, percent, plural } from './say.ts';
import type { ValueScore } from './value-score.ts';

/** The evidence of a role that a person chose. */
export const BY_YOU = 'chosen by you';

/** What a header says, as part of a sentence: "name equals *customer id*". */
export function nameWords(name: NameScore): string {
  if (name.how === '') return 'the values alone';
  return `name ${name.how === 'has' ? 'has the word' : name.how} *${name.word}*`;
}

function range(look: ColumnLook): string {
  const r = look.raw.facts.range ?? look.range;
  return r ? ` from ${number(r[0])} to ${number(r[1])}` : '';
}
const share = (of: number): string => (of >= 1 ? 'all' : percent(of, 1));

function ids(look: ColumnLook): string {
  const { known, distinct } = look.raw.facts;
  const rows = known / distinct;
  const each = known === distinct ? 'each on one row' : rows < 1.5 ? 'most on one row' : `each on ${count(rows)} rows`;
  return `${plural(distinct, 'id')}, ${each}`;
}

/** What the values say: "4,372 ids, each on 93 rows". Counts are of the whole column. */
export function valueWords(look: ColumnLook, value: ValueScore): string {
  switch (value.test) {
    case 'id':
    case 'unique id':
      return ids(look);
    case 'date':
    case 'birth date':
      return `${share(look.dates)} dates${value.test === 'birth date' ? ', most over ten years ago' : ''}`;
    case 'number':
    case 'not negative':
    case 'rating':
      return `numbers${range(look)}`;
    case 'whole':
    case 'age':
      return `whole numbers${range(look)}`;
    case 'event words':
      return `words for events: ${listed(
        look.values
          .filter((v) => eventKind(v) !== null)
          .sort()
          .slice(0, 3),
      )}`;
    case 'two values':
      return `two values, ${listed([...look.values].sort())}`;
    case 'email':
      return 'mail addresses';
    case 'phone':
      return 'phone numbers';
    case 'postcode':
      return 'codes with digits';
    case 'countries':
      return `${plural(look.distinct, 'value')}, most of them countries`;
    case 'path':
      return 'paths of categories';
    case 'text':
      return plural(look.raw.facts.distinct, 'different text');
    case null:
      return '';
    default:
      return `${plural(look.distinct, 'value')}: ${listed([...look.values].sort().slice(0, 3))}${look.distinct > 3 ? ' …' : ''}`;
  }
}

/** The sentence under a guess: what the name, the values and the other columns say. */
export const evidence = (...parts: string[]): string => parts.filter((p) => p !== '').join('; ');
