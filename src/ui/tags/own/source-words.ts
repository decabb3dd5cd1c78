import type { OwnSource } from '../../../core/own-tag.ts';
import type { Rule } from '../../../core/rule.ts';
import { num } from '../../format.ts';
import { ownWords as w } from '../../words/en-own-tags.ts';
import { count, list } from '../../words/plural.ts';

/** A rule in words, or as it is written where a tag that it names is gone. */
export type SayRule = (rule: Rule) => string;

/** A definition with all that decides a value, for its history: but for listed ids, of which the number. */
export function sourceWords(source: OwnSource, say: SayRule): string {
  switch (source.kind) {
    case 'formula':
      return source.text;
    case 'bands':
      return w.cutsOf(source.tag, list(source.edges.map((e) => num(e, 6))), list(source.labels));
    case 'rule':
      return [...source.lines.map((l) => w.ruleOf(l.value, say(l.rule))), ...(source.rest ? [w.restOf(source.rest)] : [])].join('; ');
    case 'events': {
      const of = source.of === null ? '' : ` ${source.of === 'ts' ? w.time : source.of}, `;
      return `${w.measures[source.measure]}${of || ' '}${say({ did: source.did })}`;
    }
    case 'ids':
      return count(idsOf(source.list).length, 'id');
    case 'column':
      return source.column.replace(/^attr:/, '');
  }
}

/** The lines of a list: id, tab, value. */
export const idsOf = (list: string): string[] => list.split('\n').filter((line) => line !== '');
