import type { Engine, QueryOptions } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { wallSql } from './entity-schema.ts';
import type { Dictionary } from './ids.ts';
import type { Col, FilePlan } from './plan.ts';
import { col } from './plan.ts';
import { tokens } from './name-score.ts';
import type { TextColumn } from './text-column.ts';
import { textColumn } from './text-column.ts';

const KINDS: Record<string, string> = {
  follow: 'follow',
  follows: 'follow',
  following: 'follow',
  关注: 'follow',
  share: 'share',
  shares: 'share',
  shared: 'share',
  分享: 'share',
  gift: 'gift',
  gifts: 'gift',
  赠送: 'gift',
  referral: 'referral',
  referrals: 'referral',
  refer: 'referral',
  referred: 'referral',
  invite: 'referral',
  邀请: 'referral',
  推荐: 'referral',
};
/** One of our kinds of link where the word means one, else the file's own word. */
const kindOf = (word: string): string => KINDS[tokens(word).join('')] ?? word;

/** What a file of links without a kind holds, by its name: follows.csv are follows. */
const kindOfFile = (file: FilePlan): string =>
  tokens(file.facts.name)
    .map((t) => KINDS[t])
    .find((k) => k !== undefined) ?? 'link';

/**
 * Links between users: the files of edges ("user acts on other"; from referrer to referred where the file says referrer), and a referral from
 * users.referrer_id for each user who has one, dated by signing up, unless a file of edges has it already. Rows without both ends are left out.
 */
export async function makeEdges(
  engine: Engine,
  files: readonly FilePlan[],
  users: Dictionary,
  has: { referrer: boolean; signup: boolean },
  zone: string,
  opts?: QueryOptions,
): Promise<void> {
  const kinds = files.flatMap((f) => col(f, 'kind') ?? []);
  const fixed = [...files.map((f) => (col(f, 'referrer_id') ? 'referral' : kindOfFile(f))), ...(has.referrer ? ['referral'] : [])];
  const kind = await textColumn(engine, kinds, opts, kindOf, fixed);
  await engine.exec(`CREATE OR REPLACE TABLE z.n_edges (u UINTEGER, v UINTEGER, kind ${kind.type}, "at" TIMESTAMP)`, opts);
  for (const file of files) await engine.exec(`INSERT INTO z.n_edges ${fileSql(file, users, kind, zone)}`, opts);
  if (has.referrer) {
    await engine.exec(
      `INSERT INTO z.n_edges SELECT r.u, s.u, 'referral', ${has.signup ? 's.signup_at' : 'NULL'} FROM z.n_users s JOIN ${users.table} r ON r.user_id = s.referrer_id WHERE s.referrer_id IS NOT NULL AND NOT EXISTS (FROM z.n_edges e WHERE e.u = r.u AND e.v = s.u AND e.kind = 'referral') ORDER BY s.u`,
      opts,
    );
  }
}

function fileSql(file: FilePlan, users: Dictionary, kind: TextColumn, zone: string): string {
  const [user, other, referrer, at, of] = (['user_id', 'other_id', 'referrer_id', 'at', 'kind'] as const).map((r) => col(file, r)) as (
    Col | undefined
  )[];
  const a = users.lookup(user!, 'a');
  const b = users.lookup((other ?? referrer)!, 'b');
  const [from, to] = other ? [a, b] : [b, a];
  const word = of ? kind.of(of) : `CAST(${literal(other ? kindOfFile(file) : 'referral').text} AS ${kind.type})`;
  return `SELECT ${from.ordinal}, ${to.ordinal}, ${word}, ${at ? wallSql(at, zone) : 'NULL'} FROM ${file.table} f ${a.join} ${b.join} WHERE ${from.ordinal} IS NOT NULL AND ${to.ordinal} IS NOT NULL ORDER BY f.line`;
}
