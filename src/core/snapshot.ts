import type { BuildReport, FileFacts, Mapping } from './files.ts';
import type { Profile } from './profile.ts';
import type { Basis } from './settings.ts';
import type { Catalogue, Entity } from './tag.ts';

/**
 * What files come to with the settings they open with, as plain data: shown of a demo at once, until its rows are loaded behind it.
 * Made by the same code on the same engine; a test holds it equal to a run on the files.
 */
export interface Snapshot {
  files: FileFacts[];
  mapping: Mapping;
  report: BuildReport;
  basis: Basis;
  catalogue: Catalogue;
  /** Of everyone and of all products, by users. */
  profiles: Record<Entity, Profile>;
}
