import { TiltmeterError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import type { Lake } from '../store/lake/lake.ts';
import { IdFilter } from './id-filter.ts';

/** Ids of one look-up statement, and of one step of the rebuild. */
const LOOK_UP = 5_000;
const REBUILD_ROWS = 200_000;

interface KnownTable {
  readonly filter: IdFilter;
  /** The filter holds every id of the table; before that, every id may be known. */
  complete: boolean;
  filling?: Promise<void>;
}

export interface KnownIdsOptions {
  readonly lake: Lake;
  readonly log: Log;
  /** Other servers write to the same lake: no filter of this process can be complete. */
  readonly shared: boolean;
  readonly maxBytes: number;
}

/**
 * Which prediction ids are in the lake. The filter answers "certainly not" for nearly every new id without a query;
 * what may be known is looked up. After a start the filters are filled in the background, and until a table's filter
 * is complete all its ids are looked up: slower for a while, never wrong.
 */
export class KnownIds {
  readonly #options: KnownIdsOptions;
  readonly #tables = new Map<string, KnownTable>();
  #bytes = 0;
  #stopped = false;

  constructor(options: KnownIdsOptions) {
    this.#options = options;
  }

  /** Remembers the id. False: it certainly was not known. */
  remember(table: string, id: string): boolean {
    const known = this.#table(table);
    if (!known.complete && known.filling === undefined) void this.fill(table);
    return known.filter.add(id) || !known.complete;
  }

  /** The table was made by this process just now, so it holds no ids yet. */
  created(table: string): void {
    if (!this.#options.shared) this.#table(table).complete = true;
  }

  /** Fills the filter of a table from the lake, once. When that fails, its ids go on being looked up. */
  fill(table: string): Promise<void> {
    const known = this.#table(table);
    if (known.complete || this.#options.shared) return Promise.resolve();
    known.filling ??= this.#fill(table, known).catch((error: unknown) => {
      this.#options.log.warn(
        { table, err: error },
        'the filter of known ids was not filled; ids are looked up',
      );
    });
    return known.filling;
  }

  async #fill(table: string, known: KnownTable): Promise<void> {
    const { lake } = this.#options;
    const seconds = await lake.query<{ at: number; n: number }>(
      `SELECT toUnixTimestamp(_received_at) AS at, count() AS n FROM ${table} GROUP BY at ORDER BY at`,
    );
    for (const [from, to] of stretches(seconds)) {
      if (this.#stopped) return;
      // Ids hold no control characters, so one text with line feeds carries them all.
      const [row] = await lake.query<{ ids: string }>(
        `SELECT arrayStringConcat(groupArray(_id), '\\n') AS ids FROM ${table}
         WHERE _received_at >= toDateTime64({from:Int64}, 3, 'UTC') AND _received_at < toDateTime64({to:Int64}, 3, 'UTC')`,
        { from, to },
      );
      for (const id of (row?.ids ?? '').split('\n')) known.filter.add(id);
    }
    known.complete = true;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Those of the ids that the lake has. Errors: store_unavailable. */
  async find(table: string, column: string, ids: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let i = 0; i < ids.length; i += LOOK_UP) {
      const some = ids.slice(i, i + LOOK_UP);
      for (const { id } of await this.#lookUp(table, column, some)) found.add(id);
    }
    return found;
  }

  async #lookUp(table: string, column: string, ids: readonly string[]): Promise<{ id: string }[]> {
    try {
      return await this.#options.lake.query<{ id: string }>(
        `SELECT ${column} AS id FROM ${table} WHERE ${column} IN ({ids:Array(String)})`,
        { ids },
      );
    } catch (error) {
      // A sender can do nothing about a question that it did not ask: for it the store is busy.
      if (!(error instanceof TiltmeterError) || error.code !== 'query_too_large') throw error;
      throw new TiltmeterError('store_unavailable', undefined, { retryAfter: 2, cause: error });
    }
  }

  #table(table: string): KnownTable {
    let known = this.#tables.get(table);
    if (known === undefined) {
      known = { filter: new IdFilter((bytes) => this.#reserve(bytes)), complete: false };
      this.#tables.set(table, known);
    }
    return known;
  }

  #reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.#options.maxBytes) return false;
    this.#bytes += bytes;
    return true;
  }
}

/** Ranges [from, to) of seconds that hold about REBUILD_ROWS rows each. */
function* stretches(seconds: readonly { at: number; n: number }[]): Generator<[number, number]> {
  let from: number | undefined;
  let rows = 0;
  for (const { at, n } of seconds) {
    from ??= at;
    rows += Number(n);
    if (rows < REBUILD_ROWS && at !== seconds.at(-1)!.at) continue;
    yield [from, at + 1];
    from = undefined;
    rows = 0;
  }
}
