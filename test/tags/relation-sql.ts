import type { TagContext } from '../../src/tags/define.ts';
import { closure } from '../../src/tags/planner.ts';

/** A step of the catalogue as one statement, with the steps that it reads; not for those that read tags or are made by TypeScript. */
export function relationSql(name: string, { facts, basis }: Pick<TagContext, 'facts' | 'basis'>): string {
  const ctx = { facts, basis, probe: { folded: [], edgeKinds: [], levels: 2, pairs: 0 } };
  const steps = closure([name]).map((r) => `${r.name} AS (\n${r.sql(ctx)}\n)`);
  return `WITH ${steps.join(',\n')}\nFROM ${name}`;
}
