import duckdbUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { boot as words } from '../words/en-boot.ts';
import type { NamedScript } from './self-test.ts';

/** Worker scripts that are not ours: they cannot answer the self-test, so their files are held to carry the policy that governs them. */
export const FOREIGN_SCRIPTS: readonly NamedScript[] = [{ name: words.engine, url: duckdbUrl }];
