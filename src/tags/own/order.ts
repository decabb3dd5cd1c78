import type { OwnDef } from '../../core/own-tag.ts';
import type { TagInfo, WaitingTag } from '../../core/tag.ts';

export interface Ordered {
  /** Definitions by floor: each reads the catalogue and the floors below it. */
  floors: OwnDef[][];
  /** Those that cannot be made, with one sentence why. */
  broken: { def: OwnDef; problem: string }[];
}

/**
 * Puts own tags in the order they need each other. A circle, a tag that is not there and one that waits for a column are told in words; whatever reads a
 * broken tag is broken too. `uses` gives the ids a definition reads.
 */
export function inOrder(defs: readonly OwnDef[], tags: readonly TagInfo[], waiting: readonly WaitingTag[], uses: (def: OwnDef) => string[]): Ordered {
  const floors: OwnDef[][] = [];
  const broken: Ordered['broken'] = [];
  const done = new Map<OwnDef, number | string>();
  const title = (def: OwnDef): string => `“${def.title}”`;

  /** The floor a definition stands on, or why it cannot stand. */
  const place = (def: OwnDef, path: OwnDef[]): number | string => {
    const known = done.get(def);
    if (known !== undefined) return known;
    if (path.includes(def)) return `It would be made of itself: ${[...path.slice(path.indexOf(def)), def].map(title).join(' → ')}.`;
    let floor = 0;
    let problem: string | null = null;
    for (const id of uses(def)) {
      if (tags.some((t) => t.id === id && t.entity === def.entity)) continue;
      const other = defs.find((d) => d.id === id && d.entity === def.entity);
      if (other) {
        const below = place(other, [...path, def]);
        if (typeof below === 'number') floor = Math.max(floor, below + 1);
        else problem = below.startsWith('It would be made of itself') ? below : `It is made of ${title(other)}, which cannot be made: ${below}`;
      } else {
        const waits = waiting.find((t) => t.id === id && t.entity === def.entity);
        problem = waits
          ? `It is made of “${waits.title}”, which waits for ${waits.missing.join(', ')}.`
          : `There is no ${def.entity} tag “${id}” in this data.`;
      }
      if (problem) break;
    }
    const answer = problem ?? floor;
    // Inside a circle the answer holds for the path alone.
    if (path.length === 0 || typeof answer === 'number') done.set(def, answer);
    return answer;
  };
  for (const def of defs) {
    const at = place(def, []);
    if (typeof at === 'string') broken.push({ def, problem: at });
    else (floors[at] ??= []).push(def);
  }
  return { floors, broken };
}
