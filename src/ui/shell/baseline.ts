import type { Baseline } from '../../core/profile.ts';
import type { Segment } from '../../core/rule.ts';
import { words } from '../words/words.ts';

/** What is compared with, in the words of a sentence: "everyone", "everyone else", "Flash regulars". */
export const baselineName = (b: Baseline, segments: Segment[]): string =>
  b.kind === 'segment' ? (segments.find((s) => s.id === b.id)?.name ?? words.basis.everyone) : words.basis[b.kind];

/** How the hash says it; null for everyone, which needs no saying. */
export const baselineParam = (b: Baseline): string | null => (b.kind === 'everyone' ? null : b.kind === 'segment' ? `segment:${b.id}` : b.kind);

/** The hash's word as a baseline; null where there is none or it names a segment that is not there. */
export function baselineOf(param: string | undefined, segments: Segment[]): Baseline | null {
  if (param === 'complement') return { kind: 'complement' };
  if (param === 'snapshot') return { kind: 'snapshot' };
  if (param === 'everyone') return { kind: 'everyone' };
  const id = /^segment:(.+)$/.exec(param ?? '')?.[1];
  return id && segments.some((s) => s.id === id) ? { kind: 'segment', id } : null;
}
