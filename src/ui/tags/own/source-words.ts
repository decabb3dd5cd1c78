import type { OwnSource } from '../../../core/own-tag.ts';
import { num } from '../../format.ts';
import { ownWords as w } from '../../words/en-own-tags.ts';
import { count, list } from '../../words/plural.ts';

/** A definition in one line, for its history. */
export function sourceWords(source: OwnSource): string {
  switch (source.kind) {
    case 'formula':
      return source.text;
    case 'bands':
      return w.cutsOf(source.tag, list(source.edges.map((e) => num(e, 6))), list(source.labels));
    case 'rule':
      return source.lines.length === 1 && source.lines[0]!.value === ''
        ? JSON.stringify(source.lines[0]!.rule)
        : list([...source.lines.map((l) => l.value), ...(source.rest ? [source.rest] : [])]);
    case 'events': {
      const of = source.of === null ? '' : ` ${source.of === 'ts' ? w.time : source.of}`;
      const tests = source.did.where?.length ? `, ${JSON.stringify(source.did.where)}` : '';
      const within = source.did.within ? `, ${JSON.stringify(source.did.within)}` : '';
      return `${w.measures[source.measure]}${of}, ${[source.did.event].flat().join(', ')}${tests}${within}`;
    }
    case 'ids':
      return count(source.list.split('\n').length, 'id');
    case 'column':
      return source.column.replace(/^attr:/, '');
  }
}
