import type { RoleGuess } from '../core/files.ts';
import type { Role } from '../core/roles.ts';
import type { Engine, QueryOptions } from '../engine/engine.ts';
import { evidence, nameWords, valueWords } from './evidence.ts';
import type { ColumnLook, FileLook } from './look.ts';
import { nameScore, tokens } from './name-score.ts';
import type { Candidate, FileCandidates } from './relations.ts';
import { DEMOGRAPHIC, OF_PRODUCT, Relations } from './relations.ts';
import type { RoleWords } from './role-words.ts';
import { ROLE_WORDS, placeOf } from './role-words.ts';
import { valueScore } from './value-score.ts';

/** Guesses of one file: per column in file order, the roles with V > 0, best first. */
export interface FileGuesses {
  look: FileLook;
  columns: { column: ColumnLook; guesses: RoleGuess[] }[];
}

/** S = 1 − (1 − 0.7N)(1 − 0.5V)(1 − 0.3R) if V > 0, else 0 (noisy-or: Pearl 1988; definitions, section 2). */
export const score = (n: number, v: number, r: number): number => (v > 0 ? 1 - (1 - 0.7 * n) * (1 - 0.5 * v) * (1 - 0.3 * r) : 0);

interface Draft extends Candidate {
  words: RoleWords | null;
  guess: RoleGuess;
  said: string[];
}

/** Columns of an audience mix say their role in the header. */
function mix(column: ColumnLook): Draft[] {
  const inUnit = column.numbers >= 0.95 && (column.range?.[0] ?? -1) >= 0 && (column.range?.[1] ?? 2) <= 1;
  if (!/^mix:[^=]+=.+$/.test(column.name) || !inUnit) return [];
  const s = score(1, 0.6, 0);
  const role = column.name as Role;
  const said = evidence('name is a mix of audience', 'shares from 0 to 1');
  return [{ column, role, s, words: null, said: [said], guess: { role, score: s, name: 1, value: 0.6, relation: 0, evidence: said } }];
}

function drafts(column: ColumnLook): Draft[] {
  if (column.name.startsWith('mix:')) return mix(column);
  return ROLE_WORDS.flatMap((words) => {
    const name = nameScore(column.name, words);
    if (name.n === 0 && !words.nameless) return [];
    const value = valueScore(column, words);
    // Without a name only values that are a sign of this role alone count.
    if (value.v === 0 || (name.n === 0 && value.v < 1)) return [];
    const s = score(name.n, value.v, 0);
    const said = [nameWords(name), valueWords(column, value)];
    return [
      {
        column,
        role: words.role,
        s,
        words,
        said,
        guess: { role: words.role, score: s, name: name.n, value: value.v, relation: 0, evidence: evidence(...said) },
      },
    ];
  });
}

/** Headers that say id and not whose. */
const BARE = new Set(['id', 'nr', 'no', 'index', '编号', '序号']);

/** A lone *id*, unique, is the user's beside two things that people have, and the product's beside two that products have: likely, not sure. */
function bareId(look: FileLook, named: readonly Draft[]): Draft[] {
  const column = look.columns.find((c) => BARE.has(tokens(c.name).join('')));
  if (!column || column.distinct < column.known || named.some((d) => /^(user|product)_id$/.test(d.role) && d.s >= 0.6)) return [];
  const beside = (roles: readonly Role[]): number => new Set(named.filter((d) => roles.includes(d.role) && d.s >= 0.55).map((d) => d.column)).size;
  const role: Role | null = beside(DEMOGRAPHIC) >= 2 ? 'user_id' : beside(OF_PRODUCT) >= 2 ? 'product_id' : null;
  const words = ROLE_WORDS.find((w) => w.role === role);
  if (!role || !words) return [];
  const value = valueScore(column, { role, tests: [{ test: 'id', v: 0.6 }] });
  if (value.v === 0) return [];
  const name = 0.6;
  const said = ['name is *id* alone', valueWords(column, value)];
  const s = score(name, value.v, 0);
  return [{ column, role, s, words, said, guess: { role, score: s, name, value: value.v, relation: 0, evidence: evidence(...said) } }];
}

/** All roles that each column of each file may have, scored and said. */
export async function candidates(engine: Engine, looks: readonly FileLook[], opts?: QueryOptions): Promise<FileGuesses[]> {
  const files = looks.map((look) => {
    const named = look.columns.flatMap(drafts);
    return { look, candidates: [...named, ...bareId(look, named)] };
  });
  const relations = new Relations(engine, files as FileCandidates[], opts);
  // Users first, then products: what other roles are related to.
  for (const pass of [['user_id'], ['product_id'], null]) {
    for (const file of files)
      for (const draft of file.candidates)
        if (pass ? pass.includes(draft.role) : !/^(user|product)_id$/.test(draft.role)) await relate(relations, file, draft);
  }
  return files.map((file) => ({
    look: file.look,
    columns: file.look.columns.map((column) => ({
      column,
      guesses: file.candidates
        .filter((d) => d.column === column)
        .map((d) => d.guess)
        .sort((a, b) => b.score - a.score || b.name - a.name || placeOf(a.role) - placeOf(b.role)),
    })),
  }));
}

async function relate(relations: Relations, file: FileCandidates, draft: Draft): Promise<void> {
  if (!draft.words?.relation) return;
  const { r, text } = await relations.of(draft.words.relation, file, draft.column);
  if (r === 0) return;
  draft.guess.relation = r;
  draft.guess.score = draft.s = score(draft.guess.name, draft.guess.value, r);
  draft.guess.evidence = evidence(...draft.said, text);
}
