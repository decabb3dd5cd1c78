import type { Remote } from 'comlink';
import type { Indexer } from '../../project/indexer.ts';
import type { Keeper } from '../../project/keeper.ts';
import type { StudioApi } from '../../project/studio-api.ts';

/** The workers as the page sees them. */
export interface Connection {
  studio: StudioApi;
  index: Remote<Indexer>;
  keeper: Remote<Keeper>;
  /** Resolves if the engine's worker ends by itself. */
  engineEnded: Promise<void>;
}
