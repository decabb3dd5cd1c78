import { cpus } from 'node:os';

/** One line of a table of measurements. `holds` is null where there is no goal. */
export type Add = (what: string, measured: string, goal: string, holds: boolean | null) => void;

/** Gathers lines, tells each at once on stderr, and prints them all as Markdown. */
export function table(): { add: Add; print(): void } {
  const lines: Parameters<Add>[] = [];
  return {
    add(what, measured, goal, holds) {
      lines.push([what, measured, goal, holds]);
      console.error(`${what}: ${measured}${holds === false ? ' (missed)' : ''}`);
    },
    print() {
      console.log(`Measured on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}).\n\n| what | measured | goal | |\n|---|---|---|---|`);
      for (const [what, measured, goal, holds] of lines)
        console.log(`| ${what} | ${measured} | ${goal} | ${holds === null ? '' : holds ? 'met' : 'missed'} |`);
    },
  };
}
