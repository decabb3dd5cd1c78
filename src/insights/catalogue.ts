import type { Analysis } from '../core/analysis.ts';
import { retention } from './retention.ts';

/** The one list of insights: gallery, command line and documents derive from it. */
export const INSIGHTS: readonly Analysis[] = [retention as unknown as Analysis];
