import type { FileFacts, Mapping } from './files.ts';
import type { Moment } from './moment.ts';
import type { OwnTag } from './own-tag.ts';
import type { Segment } from './rule.ts';
import type { Settings } from './settings.ts';

/** All that the user makes, in one JSON document, changed only through `project/history`. Data itself lives beside it. */
export interface ProjectDoc {
  schema: 1;
  id: string;
  name: string;
  /** ISO instants, for the list of projects only: never an input of a computation. */
  createdAt: string;
  savedAt: string;
  demo: string | null;
  files: FileFacts[];
  mapping: Mapping;
  settings: Settings;
  segments: Segment[];
  /** Tags that come first in every profile, as "user:city", in the order they were pinned. */
  pins?: string[];
  /** Ids of persons stand hidden in lists and cards until asked for. */
  hideIds?: boolean;
  /** Tags that the user made, with their versions. */
  ownTags?: OwnTag[];
  /** Figures of before, by the instant they were kept at: the last is the snapshot that stability is told against. */
  moments?: Record<string, Moment>;
  view: { theme: 'system' | 'light' | 'dark'; density: 'default' | 'dense' | 'roomy' };
}
