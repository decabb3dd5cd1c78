import { literal } from './sql.ts';

/**
 * What every driver runs before anything else, in this order: nothing is fetched, only files under the given directories can be read
 * or written, and the settings can never be changed again. Then the compressed database `z` for all large tables.
 * `before` are settings of one driver (time zone, memory, temporary directory); they must come before the lock.
 */
export function openingStatements(directories: readonly string[], before: readonly string[] = []): string[] {
  return [
    'SET autoload_known_extensions=false',
    'SET autoinstall_known_extensions=false',
    'SET allow_community_extensions=false',
    ...before,
    // Before the next line: without it registered files cannot be read either.
    `SET allowed_directories=${literal([...directories]).text}`,
    'SET enable_external_access=false',
    'SET lock_configuration=true',
    "ATTACH ':memory:' AS z (COMPRESS)",
  ];
}

/** Throws unless the name stands under in/ (or out/) and cannot climb out of it. */
export function checkName(name: string, under: 'in/' | 'out/'): void {
  if (!name.startsWith(under) || name.length === under.length || name.split('/').some((part) => part === '..' || part === '.' || part === '')) {
    throw new Error(`a file name must start with ${under}: ${name.slice(0, 80)}`);
  }
}
