import type { RoleGuess } from '../core/files.ts';
import type { Role } from '../core/roles.ts';
import type { ColumnLook } from './look.ts';
import { isMany, placeOf } from './role-words.ts';

/** From here on a role is proposed; below, the column stays an attribute. */
export const PROPOSED = 0.4;
export interface Choice {
  column: ColumnLook;
  guess: RoleGuess;
}

/**
 * One role per column and one column per role (save those that several may take): pairs are taken by S, then N, then the table's order, then
 * the file's order (definitions, section 2: conflicts). `taken` are roles that a person gave.
 */
export function resolve(
  columns: readonly { column: ColumnLook; guesses: readonly RoleGuess[] }[],
  allowed: (role: Role) => boolean,
  taken: ReadonlyMap<ColumnLook, Role | null>,
): Map<ColumnLook, RoleGuess> {
  const used = new Set([...taken.values()].filter((r) => r !== null && !isMany(r)));
  const out = new Map<ColumnLook, RoleGuess>();
  const pairs: Choice[] = columns.flatMap(({ column, guesses }) =>
    taken.has(column) ? [] : guesses.filter((g) => g.score >= PROPOSED && allowed(g.role)).map((guess) => ({ column, guess })),
  );
  const place = (c: Choice): number => c.column.raw.facts.index;
  pairs.sort(
    (a, b) => b.guess.score - a.guess.score || b.guess.name - a.guess.name || placeOf(a.guess.role) - placeOf(b.guess.role) || place(a) - place(b),
  );
  for (const { column, guess } of pairs) {
    if (out.has(column) || used.has(guess.role)) continue;
    out.set(column, guess);
    if (!isMany(guess.role)) used.add(guess.role);
  }
  return out;
}

/** sure ≥ 0.75, likely ≥ 0.55, guess ≥ 0.40, else attribute. Scores are compared at two more digits than shown, so that .75 is .75. */
export function confidence(s: number): 'sure' | 'likely' | 'guess' | 'attribute' {
  const x = Math.round(s * 1e6) / 1e6;
  return x >= 0.75 ? 'sure' : x >= 0.55 ? 'likely' : x >= PROPOSED ? 'guess' : 'attribute';
}
