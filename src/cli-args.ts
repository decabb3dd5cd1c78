import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { TesseraError } from './core/errors.ts';
import { ROLES } from './core/roles.ts';
import type { Role } from './core/roles.ts';
import { DECISIONS } from './decisions/catalogue.ts';
import { INSIGHTS } from './insights/catalogue.ts';
import type { Rule } from './core/rule.ts';
import type { Entity } from './core/tag.ts';
import type { Weight } from './core/profile.ts';

export const COMMANDS = ['inspect', 'tags', 'profile', 'segment', 'insight', 'decide'] as const;
export type Command = (typeof COMMANDS)[number];

const names = (list: readonly { id: string }[]): string => list.map((a) => a.id).join(', ');

export const HELP = `Usage: tessera <command> FILE… [options]

Reads CSV (also .gz) and Parquet files as the app does, and computes on this machine; nothing is sent anywhere.

Commands
  inspect   what the files are: encoding, rows, rejected rows, columns with role and evidence, tables, joins
  tags      the tag catalogue with coverage and distribution
  profile   a segment against a baseline, tag by tag
  segment   how many a rule matches; with --out their ids and chosen tags; without a rule, the ready-made segments
  insight   answers a question, as in: tessera insight retention FILE…
            (${names(INSIGHTS)})
  decide    says what to do, as in: tessera decide channel-mix FILE…
            (${names(DECISIONS)})

Options
  --project P.json        settings, roles and segments as the app saved them
  --role FILE:COLUMN=ROLE what a column means (repeatable; ROLE "none" leaves it an attribute)
  --as-of T               instant that everything is computed for: 2024-07-01 or "2024-07-01 12:00:00"
  --zone Z                time zone of the project, like Europe/Paris
  --k N                   smallest group shown
  --rule JSON             a rule, like '{"tag":"country","is":"France"}'
  --segment NAME          a segment of the project, by name or id
  --baseline B            profile: everyone (default), complement, or a segment of the project
  --entity user|product   whose tags or profile (default user)
  --weight users|revenue|lines
                          what a profile counts (default users)
  --tag ID                segment, profile: a tag to write or show (repeatable; default: for --out none, else all)
  --param NAME=VALUE      insight, decide: a parameter (repeatable)
  --table ID              insight, decide: which table --out writes (default the first)
  --json                  print JSON (the default where no --out is given)
  --out FILE              write .csv or .parquet instead, and print what was written
  --as-is                 in CSV, leave text alone that a spreadsheet would run as a formula (else it gets an apostrophe)
  --quiet                 no progress on stderr
  --help, --version

Exit: 0 done, 1 a fault of ours, 2 something is wrong with the input (said on stderr).`;

export interface Arguments {
  command: Command;
  /** Which insight or decision. */
  question: string | null;
  params: Record<string, string>;
  table: string | null;
  files: string[];
  project: string | null;
  /** `file` is a place in `files`. */
  roles: { file: number; column: string; role: Role | null }[];
  asOf: string | null;
  zone: string | null;
  k: number | null;
  rule: Rule | null;
  segment: string | null;
  baseline: string;
  entity: Entity;
  weight: Weight;
  tags: string[];
  out: { path: string; format: 'csv' | 'parquet' } | null;
  /** Text that a spreadsheet would run is made harmless. */
  guard: boolean;
  quiet: boolean;
}

const usage = (message: string, next = 'Run tessera --help for what it takes.'): TesseraError => new TesseraError('USAGE', message, { next });

/** FILE is one of those given, by its path or its name; so it, and the column, may hold ':' and '='. */
function parseRole(text: string, files: string[]): Arguments['roles'][number] {
  const at = files.findIndex((path) => text.startsWith(`${path}:`) || text.startsWith(`${basename(path)}:`));
  const path = files[at];
  if (path === undefined) throw usage(`--role ${text} names none of the files given.`, 'Write it like --role orders.csv:Buyer=user_id.');
  const rest = text.slice((text.startsWith(`${path}:`) ? path : basename(path)).length + 1);
  const mix = rest.lastIndexOf('=mix:');
  const end = mix > 0 ? mix : rest.lastIndexOf('=');
  const role = rest.slice(end + 1);
  if (end <= 0) throw usage(`--role ${text} is not FILE:COLUMN=ROLE.`, 'Write it like --role orders.csv:Buyer=user_id.');
  if (role !== 'none' && !role.startsWith('mix:') && !(ROLES as readonly string[]).includes(role)) {
    throw usage(`${role} is not a role.`, `Roles are: none, ${ROLES.join(', ')}.`);
  }
  return { file: at, column: rest.slice(0, end), role: role === 'none' ? null : (role as Role) };
}

function parseAsOf(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text);
  const instant = match ? `${match[1]!} ${match[2] ?? '00:00'}${match[3] ?? ':00'}` : '';
  const time = new Date(`${instant.replace(' ', 'T')}Z`);
  if (!match || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== match[1]) {
    throw usage(`--as-of ${text} is not a date or an instant.`, 'Write it like 2024-07-01 or "2024-07-01 12:00:00".');
  }
  return instant;
}

function parseParam(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at <= 0) throw usage(`--param ${text} is not NAME=VALUE.`, 'Write it like --param clock=rolling.');
  return [text.slice(0, at), text.slice(at + 1)];
}

function parseRule(text: string): Rule {
  try {
    const rule: unknown = JSON.parse(text);
    if (typeof rule === 'object' && rule !== null && !Array.isArray(rule)) return rule as Rule;
  } catch (cause) {
    throw new TesseraError('RULE_INVALID', `--rule is not JSON: ${(cause as Error).message}.`, {
      next: `Write it like --rule '{"tag":"country","is":"France"}'.`,
      cause,
    });
  }
  throw new TesseraError('RULE_INVALID', '--rule is not a rule.', { next: `Write it like --rule '{"tag":"country","is":"France"}'.` });
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  if ((allowed as readonly string[]).includes(value)) return value as T;
  throw usage(`${option} ${value} is none of ${allowed.join(', ')}.`);
}

function parseOut(path: string): Arguments['out'] {
  const format = /\.(csv|parquet)$/i.exec(path)?.[1]?.toLowerCase();
  if (format === 'csv' || format === 'parquet') return { path, format };
  throw usage(`--out ${path} ends neither in .csv nor in .parquet.`, 'Name the file you want, with its ending.');
}

const OPTIONS = {
  project: { type: 'string' },
  role: { type: 'string', multiple: true },
  'as-of': { type: 'string' },
  zone: { type: 'string' },
  k: { type: 'string' },
  rule: { type: 'string' },
  segment: { type: 'string' },
  baseline: { type: 'string' },
  entity: { type: 'string' },
  weight: { type: 'string' },
  tag: { type: 'string', multiple: true },
  param: { type: 'string', multiple: true },
  table: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
  'as-is': { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads the words after `tessera`. Answers 'help' or 'version' where these are asked for; throws USAGE or RULE_INVALID in a sentence. */
export function readArguments(argv: string[]): Arguments | 'help' | 'version' {
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usage(`${(cause as Error).message.split('. ')[0]!.replace(/\.$/, '')}.`);
  }
  const { values: v, positionals } = parsed;
  if (v.help) return 'help';
  if (v.version) return 'version';
  const [word, ...others] = positionals;
  if (word === undefined) throw usage('Nothing to do: no command is given.');
  const command = oneOf('The command', word, COMMANDS);
  const asked = { insight: INSIGHTS, decide: DECISIONS }[command as 'insight'];
  if (asked && others.length === 0) throw usage(`tessera ${command} needs the name of a question: ${names(asked)}.`);
  const question = asked
    ? oneOf(
        'The question',
        others[0]!,
        asked.map((a) => a.id),
      )
    : null;
  const files = asked ? others.slice(1) : others;
  if (files.length === 0) throw usage(`tessera ${command} needs at least one file.`);
  if (v.rule !== undefined && v.segment !== undefined) throw usage('--rule and --segment exclude each other.');
  if (v.segment !== undefined && v.project === undefined) throw usage('--segment names a segment of a project: --project is missing.');
  if (v.json && v.out !== undefined) throw usage('--json and --out exclude each other.');
  if (command === 'inspect' && v.out !== undefined) throw usage('tessera inspect prints JSON and writes no file.');
  const k = v.k === undefined ? null : Number(v.k);
  if (k !== null && !(Number.isInteger(k) && k >= 1)) throw usage(`--k ${v.k} is not a whole number from 1.`);
  return {
    command,
    question,
    params: Object.fromEntries((v.param ?? []).map(parseParam)),
    table: v.table ?? null,
    files,
    project: v.project ?? null,
    roles: (v.role ?? []).map((text) => parseRole(text, files)),
    asOf: v['as-of'] === undefined ? null : parseAsOf(v['as-of']),
    zone: v.zone ?? null,
    k,
    rule: v.rule === undefined ? null : parseRule(v.rule),
    segment: v.segment ?? null,
    baseline: v.baseline ?? 'everyone',
    entity: oneOf('--entity', v.entity ?? 'user', ['user', 'product']),
    weight: oneOf('--weight', v.weight ?? 'users', ['users', 'revenue', 'lines']),
    tags: (v.tag ?? []).flatMap((text) => text.split(',')),
    out: v.out === undefined ? null : parseOut(v.out),
    guard: !(v['as-is'] ?? false),
    quiet: v.quiet ?? false,
  };
}
