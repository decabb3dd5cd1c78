/**
 * `npx tsx test/egress/run.ts URL [--controlled] [--parts engine,workers,page,leaving,outside] [--sql JS] [--only REGEX] [--json FILE]`: tries every way out of the app at URL
 * and prints those that got through. Exit 1 if any did.
 */
import { writeFileSync } from 'node:fs';
import { APP } from './app.ts';
import { runEgress, type EgressOptions, type Part } from './tester.ts';

const [url, ...args] = process.argv.slice(2);
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
if (!url) {
  console.error(
    'usage: npx tsx test/egress/run.ts URL [--controlled] [--parts engine,workers,page,leaving,outside] [--sql JS] [--only REGEX] [--json FILE]',
  );
  process.exit(2);
}
const [sql, only, json, parts] = [option('--sql'), option('--only'), option('--json'), option('--parts')];
const options: EgressOptions = {
  ...APP,
  phases: args.includes('--controlled') ? ['controlled'] : ['first', 'controlled'],
  ...(sql ? { sql } : {}),
  ...(parts ? { parts: parts.split(',') as Part[] } : {}),
  ...(only ? { only: new RegExp(only) } : {}),
};
const report = await runEgress(url, options);
for (const line of report.log) console.error(line);
const through = report.attempts.filter((attempt) => attempt.through);
for (const { phase, context, id, how } of through) console.log(`THROUGH  ${phase.padEnd(10)} ${context.padEnd(40)} ${id} (${how})`);
if (report.foreign.length) console.log(`names asked for outside this machine: ${report.foreign.join(', ')}`);
const tried = report.attempts.filter((attempt) => !attempt.absent);
const count = (key: 'id' | 'context'): number => new Set(tried.map((attempt) => attempt[key])).size;
console.log(`${tried.length} attempts over ${count('id')} channels in ${count('context')} contexts, ${through.length} through`);
if (json) writeFileSync(json, JSON.stringify(report, null, 1));
process.exit(through.length || report.foreign.length ? 1 : 0);
