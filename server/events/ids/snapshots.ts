import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../log.ts';
import type { Gaps } from './gaps.ts';
import { type Claim, readClaim, readIdSet, writeSlice } from './slice-file.ts';
import type { Slice, Slices } from './slices.ts';

export interface SnapshotsOptions {
  readonly folder: string;
  /** Which lake the ids are of: files of another one are worth nothing. */
  readonly lake: string;
  readonly log: Log;
}

export interface Loaded {
  readonly slices: readonly Slice[];
  readonly claims: readonly Claim[];
}

/** Slices of known ids in a folder, one file each, so that a start need not read them from the lake. */
export class Snapshots {
  readonly #options: SnapshotsOptions;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  /**
   * The slices that end after `since`, the newest first, as many as there is memory for. What is not whole, of another lake
   * or too old is removed; ids that are missing then are read from the lake.
   */
  async load(since: number, maxBytes: number): Promise<Loaded> {
    const slices: Slice[] = [];
    const claims: Claim[] = [];
    let bytes = 0;
    for (const from of await this.#froms()) {
      const path = this.#path(from);
      try {
        const claim = await readClaim(path);
        bytes += claim.bytes;
        if (claim.lake !== this.#options.lake || claim.to <= since || bytes > maxBytes) await rm(path);
        else {
          slices.push({ from, set: await readIdSet(path), changed: false });
          claims.push(claim);
        }
      } catch (err) {
        this.#options.log.warn(
          { file: path, err },
          'known ids are read from the lake: their file is not whole',
        );
        await rm(path, { force: true });
      }
    }
    return { slices, claims };
  }

  /** Saves the slices that have changed, with the tables of which nothing before `until` is missing. */
  async saveChanged(slices: Slices, gaps: Gaps, until: number): Promise<void> {
    for (const slice of slices.list.filter(({ changed }) => changed)) {
      const end = slices.endOf(slice);
      // there was nothing before the first one
      const from = slice === slices.list[0] ? Math.min(slice.from, slices.since(until)) : slice.from;
      const to = Math.min(end ?? until, until);
      const tables = gaps.complete({ from, to });
      if (from < to && tables.length > 0) await this.save(slice, { from, to, tables }, end !== undefined);
    }
  }

  async save(slice: Slice, claim: Omit<Claim, 'lake'>, fit: boolean): Promise<void> {
    const { folder, lake } = this.#options;
    slice.changed = false;
    try {
      await makeFolder(folder);
      await writeSlice(this.#path(slice.from), slice, { ...claim, lake }, fit);
    } catch (error) {
      slice.changed = true;
      throw error;
    }
  }

  async remove(slice: Slice): Promise<void> {
    await rm(this.#path(slice.from), { force: true });
  }

  #path(from: number): string {
    return join(this.#options.folder, `${from}.ids`);
  }

  /** The newest first; those that were not finished are removed. */
  async #froms(): Promise<number[]> {
    const { folder } = this.#options;
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (name.endsWith('.new')) await rm(join(folder, name), { force: true });
    const froms = names.flatMap((name) => /^(\d+)\.ids$/.exec(name)?.[1] ?? []).map(Number);
    return froms.sort((a, b) => b - a);
  }
}

/** Only the folder itself: a data folder that was removed meanwhile is not made anew (and `recursive` never ends when it cannot be). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}
