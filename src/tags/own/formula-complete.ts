import type { FormulaTag } from './formula-check.ts';
import { FUNCTIONS } from './formula-functions.ts';
import { formulaName } from './formula-parse.ts';

export interface Completion {
  /** What stands in the formula if it is chosen, in place of [from, to). */
  insert: string;
  label: string;
  note: string;
  kind: 'tag' | 'function' | 'value';
}
export interface Completions {
  from: number;
  to: number;
  items: Completion[];
}
const MOST = 12;
const NONE = (at: number): Completions => ({ from: at, to: at, items: [] });
/** What may stand at the caret: tags and functions that go on with the word before it, or values of the tag that a text is compared with. */
export function complete(text: string, caret: number, tags: readonly FormulaTag[], words: (id: string) => string = () => ''): Completions {
  const before = text.slice(0, caret);
  const value =
    /(?:(?<name>[\p{L}_][\p{L}\p{N}_]*)|\[(?<quoted>[^\]]+)\])\s*(?:=|!=|<>|in\s*\((?:\s*(?:"[^"]*"|'[^']*')\s*,)*)\s*(?<quote>["'])(?<start>[^"']*)$/u.exec(
      before,
    );
  if (value?.groups) {
    const { name, quoted, quote = '"', start = '' } = value.groups;
    const tag = tags.find((t) => t.id === (quoted ?? name));
    const after = text[caret] === quote ? 1 : 0;
    const items = (tag?.type === 'enum' ? tag.values : [])
      .filter((v) => v.value.toLowerCase().includes(start.toLowerCase()) && !v.value.includes(quote))
      .slice(0, MOST)
      .map((v): Completion => ({ insert: `${v.value}${quote}`, label: v.value, note: '', kind: 'value' }));
    return { from: caret - start.length, to: caret + after, items };
  }
  // Inside a text nothing is offered.
  if ((before.replace(/'[^']*'/g, '').match(/"/g)?.length ?? 0) % 2 === 1) return NONE(caret);
  const open = /\[[^\]]*$/.exec(before);
  const word = open ?? /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before);
  const typed = (word?.[0] ?? '').replace('[', '').toLowerCase();
  if (!word && !/(^|[-+*/(,=<>]|\b(and|or|not))\s*$/i.test(before)) return NONE(caret);
  const from = caret - (word?.[0].length ?? 0);
  const scored = tags
    .filter((t) => t.type !== 'set' && t.type !== 'map')
    .flatMap((t) => {
      const text = `${t.title} ${words(t.id)}`.toLowerCase();
      const at = t.id.toLowerCase().startsWith(typed) ? 0 : t.id.toLowerCase().includes(typed) ? 1 : text.includes(typed) ? 2 : null;
      return at === null ? [] : [{ at, item: { insert: formulaName(t.id), label: t.title, note: t.id, kind: 'tag' as const } }];
    });
  const functions = open
    ? []
    : FUNCTIONS.filter((f) => typed !== '' && f.name.startsWith(typed)).map((f) => ({
        at: 0.5,
        item: { insert: f.most === 0 ? `${f.name}()` : `${f.name}(`, label: `${f.name}(${f.args})`, note: f.help, kind: 'function' as const },
      }));
  const items = [...functions, ...scored].toSorted((a, b) => a.at - b.at || a.item.insert.length - b.item.insert.length).map((s) => s.item);
  // A word that is whole already needs nothing: Enter and Tab then do what they always do.
  return { from, to: caret, items: items.some((i) => i.insert.toLowerCase() === typed) ? [] : items.slice(0, MOST) };
}
