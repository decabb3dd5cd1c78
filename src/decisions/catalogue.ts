import type { Analysis } from '../core/analysis.ts';
import { channelMix } from './channel-mix.ts';

/** The one list of decisions: gallery, command line and documents derive from it. */
export const DECISIONS: readonly Analysis[] = [channelMix as unknown as Analysis];
