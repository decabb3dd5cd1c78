import { isCancelled } from '../core/errors.ts';
import type { RejectedRow } from '../core/files.ts';
import { column } from '../core/frame.ts';
import type { Engine } from '../engine/engine.ts';
import { quoteCell } from './cells.ts';
import { readCsv, readPiece } from './read-piece.ts';
import type { Piece } from './rewrite.ts';

/** Compressed memory pays only after a checkpoint. */
const CHECKPOINT_ROWS = 2_000_000;

/** The two tables of a text file: its rows and its rejected rows. Names are full names. */
export class RawTables {
  readonly #engine: Engine;
  readonly #rows: string;
  readonly #rejects: string;
  readonly #width: number;
  readonly #opts: { signal?: AbortSignal };
  #pieces = 0;
  #unsaved = 0;

  constructor(engine: Engine, rows: string, rejects: string, width: number, signal?: AbortSignal) {
    this.#engine = engine;
    this.#rows = rows;
    this.#rejects = rejects;
    this.#width = width;
    this.#opts = signal ? { signal } : {};
  }

  create(): Promise<void> {
    const cells = Array.from({ length: this.#width }, (_, i) => `, c${i} VARCHAR`).join('');
    const rejects = `CREATE OR REPLACE TABLE ${this.#rejects} (line UINTEGER, reason VARCHAR, text VARCHAR)`;
    return this.#engine.exec(`CREATE OR REPLACE TABLE ${this.#rows} (line UINTEGER${cells}); ${rejects}`, this.#opts);
  }

  /**
   * Appends a piece that holds `expected` rows, the first not before `line0`. If the engine finds another number or refuses the piece, it is
   * taken out again and `again` gives a plainer one.
   */
  async insert(piece: Piece, line0: number, expected: number, again: (() => Piece) | null): Promise<void> {
    const name = `in/${this.#rows.replace('.', '-')}-${this.#pieces++}.csv`;
    await this.#engine.register(name, piece.bytes);
    let found = -1;
    try {
      const answer = await this.#engine.query(`INSERT INTO ${this.#rows} ${readPiece(name, piece, this.#width)}`, this.#opts);
      found = Number(column(answer, 'Count')[0]);
    } catch (e) {
      if (isCancelled(e) || !again) throw e;
    } finally {
      await this.#engine.unregister(name);
    }
    if (found !== expected) {
      if (!again) throw new Error(`the engine read ${found} of ${expected} rows from line ${line0}`);
      await this.#engine.exec(`DELETE FROM ${this.#rows} WHERE line >= ${line0}`, this.#opts);
      return this.insert(again(), line0, expected, null);
    }
    this.#unsaved += found;
    if (this.#unsaved >= CHECKPOINT_ROWS) await this.keep();
  }

  async insertRejects(rows: RejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const lines = rows.map((r) => `${r.line},${quoteCell(r.reason)},${quoteCell(r.text)}\n`);
    const bytes = new TextEncoder().encode(lines.join(''));
    const longest = lines.reduce((n, l) => Math.max(n, l.length), 0) * 3;
    const name = `in/${this.#rejects.replace('.', '-')}-${this.#pieces++}.csv`;
    await this.#engine.register(name, bytes);
    try {
      const columns = "{'line': 'UINTEGER', 'reason': 'VARCHAR', 'text': 'VARCHAR'}";
      const read = readCsv(name, { bytes, delimiter: ',', quote: '"', longest }, columns);
      await this.#engine.exec(`INSERT INTO ${this.#rejects} SELECT * FROM ${read}`, this.#opts);
    } finally {
      await this.#engine.unregister(name);
    }
  }

  async keep(): Promise<void> {
    this.#unsaved = 0;
    await this.#engine.exec('CHECKPOINT z', this.#opts);
  }
}
