import type { Profile } from '../core/profile.ts';
import { DEFAULT_SETTINGS } from '../core/settings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Entity } from '../core/tag.ts';
import { allOpened } from './opened.ts';
import type { DroppedFile, StudioApi } from './studio-api.ts';

/**
 * Opens files in an empty studio and gathers what the first screens show of them, without times, which differ from run to run.
 * Throws what the studio throws, and the first file's error where one cannot be opened.
 */
export async function makeSnapshot(studio: StudioApi, dropped: DroppedFile[], currency: string): Promise<Snapshot> {
  const files = allOpened(await studio.open(dropped, [], 'snapshot'));
  const settings = { ...DEFAULT_SETTINGS, currency };
  const mapping = await studio.guess(files);
  const report = await studio.build(files, mapping, settings, 'snapshot');
  const basis = await studio.basis(settings);
  const catalogue = await studio.tags(basis, 'snapshot');
  const profile = async (entity: Entity): Promise<Profile> => {
    const made = await studio.profile({ entity, segment: null, baseline: { kind: 'everyone' }, weight: 'users' }, [], basis, 'snapshot');
    // Working tables are numbered as they come, so the number says nothing.
    return { ...timeless(made), sql: made.sql.map((text) => text.replace(/\bprofile_\d+\b/g, 'profile_1')) };
  };
  return {
    files,
    mapping,
    report: timeless(report),
    basis,
    catalogue: timeless(catalogue),
    profiles: { user: await profile('user'), product: await profile('product') },
  };
}

const timeless = <T extends { ms: number }>(made: T): T => ({ ...made, ms: 0 });
