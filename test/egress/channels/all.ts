import type { Channel } from './channel.ts';
import { elementChannels } from './elements.ts';
import { hintChannels } from './hints.ts';
import { leavingChannels } from './leaving.ts';
import { scriptChannels } from './script.ts';
import { styleChannels } from './style.ts';
import { svgChannels } from './svg.ts';
import { workerChannels } from './workers.ts';

/** Every way out that is tried. A new one is one line in one of these files. */
export const channels: readonly Channel[] = [
  ...scriptChannels,
  ...elementChannels,
  ...styleChannels,
  ...hintChannels,
  ...svgChannels,
  ...leavingChannels,
  ...workerChannels,
];
