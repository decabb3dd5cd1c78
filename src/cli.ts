#!/usr/bin/env node
/** The command line: a door like the workers, over the same rooms on native DuckDB. */
import packageJson from '../package.json' with { type: 'json' };
import { run, TASK } from './cli-run.ts';
import { openNative } from './engine/native.ts';
import { Studio } from './project/studio.ts';

const terminal = {
  out: (text: string): void => void process.stdout.write(`${text}\n`),
  err: (text: string): void => void process.stderr.write(`${text}\n`),
};

process.exitCode = await run(
  process.argv.slice(2),
  terminal,
  async () => {
    const engine = await openNative();
    const studio = new Studio(engine);
    process.once('SIGINT', () => void studio.cancel(TASK));
    return { studio, close: () => engine.close() };
  },
  packageJson.version,
);
