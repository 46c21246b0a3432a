import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { Gaps } from './gaps.ts';
import { hashOf } from './hash.ts';
import type { Doubt } from './look-up.ts';
import { readIds } from './read-ids.ts';
import { type Slice, Slices } from './slices.ts';
import { Snapshots } from './snapshots.ts';

/** Other servers that write to the same lake. */
export interface Others {
  /** Up to which stamp every row is visible, whoever stored it. */
  visibleTo(): Promise<number>;
  /** Tables that may have rows from this stamp on. */
  arrived(from: number): Promise<readonly string[]>;
}

export interface KnownIdsOptions {
  readonly lake: Lake;
  readonly log: Log;
  /** Stamps below it are given: the time that rows are received at. */
  readonly now: () => number;
  readonly horizonMs: number;
  readonly maxBytes: number;
  /** Where ids are kept over a restart, and of which lake they are. */
  readonly folder?: string | undefined;
  readonly lakeName: string;
  /** Absent when this process alone writes to the lake. */
  readonly others?: Others | undefined;
}

export interface KnownIdsState {
  readonly count: number;
  readonly bytes: number;
  /** Ids received before it are not known. */
  readonly since: number;
  /** Memory decides about `since`, not the horizon. */
  readonly short: boolean;
  /** Ids are being read from the lake, and until then looked up there. */
  readonly filling: boolean;
}

const EVERY_MS = 1_000;
const SAVE_EVERY = 300;
const AGAIN_MS = 5_000;

/**
 * Which prediction ids were received within the horizon. Nearly every new id is certainly new without a query; what may be
 * known is looked up in the lake. Ids of the last process come from its files, those that the files lack from the lake,
 * in the background; ids of other servers are read every second. Until they have been, an id is looked up among the
 * rows that were not read yet: slower for a while, never wrong.
 */
export class KnownIds {
  readonly #options: KnownIdsOptions;
  readonly #snapshots: Snapshots | undefined;
  readonly #ending = new AbortController();
  #slices: Slices;
  #gaps: Gaps;
  #within: Doubt;
  /** Everything before it has been read; without others all there is. */
  #tail = Number.POSITIVE_INFINITY;
  #filling: Promise<void> | undefined;
  #loop: Promise<void> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();

  private constructor(options: KnownIdsOptions, now: number) {
    const { folder, lakeName: lake, log, horizonMs, maxBytes } = options;
    this.#options = options;
    this.#snapshots = folder === undefined ? undefined : new Snapshots({ folder, lake, log });
    this.#slices = new Slices({ horizonMs, maxBytes }, now);
    this.#gaps = new Gaps();
    this.#within = { from: 0, seen: true };
  }

  /** Resolves when what was kept has been read; what is missing of these tables is read afterwards. */
  static async open(options: KnownIdsOptions, tables: readonly string[]): Promise<KnownIds> {
    const known = new KnownIds(options, options.now());
    await known.#load(tables);
    known.#loop = known.#run();
    return known;
  }

  /** Remembers the id. Undefined: it certainly is new; else where to look for it. */
  remember(table: string, id: string): Doubt | undefined {
    const known = this.#gaps.table(table) ?? this.#begin(table);
    return this.#slices.add(hashOf(id, known.seed)) ? this.#within : known.doubt;
  }

  /** Where an id is looked for of which nothing is known. */
  get within(): Doubt {
    return this.#within;
  }

  state(): KnownIdsState {
    const now = this.#options.now();
    const { count, bytes } = this.#slices;
    const filling = this.#filling !== undefined;
    return { count, bytes, since: this.#slices.since(now), short: this.#slices.short(now), filling };
  }

  /** Resolves when nothing is missing any more, or when that could not be read. */
  async filled(): Promise<void> {
    await this.#filling;
  }

  /** Reads nothing more. */
  stop(): void {
    this.#ending.abort();
  }

  /** Keeps everything for the next start. After the last batch was written. */
  async close(): Promise<void> {
    this.stop();
    await Promise.all([this.#loop, this.#filling]);
    await this.#save();
  }

  async #load(tables: readonly string[]): Promise<void> {
    const { now, others, horizonMs, maxBytes } = this.#options;
    const to = (await others?.visibleTo()) ?? now();
    if (others !== undefined) this.#tail = to;
    const since = this.#slices.since(now());
    const loaded = await this.#snapshots?.load(since, maxBytes);
    this.#slices = new Slices({ horizonMs, maxBytes }, now(), loaded?.slices);
    this.#gaps = new Gaps(this.#tail);
    for (const table of tables) this.#gaps.add(table, { from: since, to }, loaded?.claims);
    this.#tidy();
    this.#fill();
  }

  /** A table that was made meanwhile, by this process or another. Whether it is empty is asked, not assumed. */
  #begin(table: string) {
    const { now, others } = this.#options;
    const to = others === undefined ? now() : Number.POSITIVE_INFINITY;
    const known = this.#gaps.add(table, { from: this.#slices.since(now()), to });
    this.#fill();
    return known;
  }

  async #run(): Promise<void> {
    const { log } = this.#options;
    for (let turn = 1; await this.#pause(EVERY_MS); turn++) {
      try {
        for (const slice of this.#tidy()) await this.#snapshots?.remove(slice);
        await this.#follow();
        if (turn % SAVE_EVERY === 0) await this.#save();
      } catch (err) {
        if (!this.#ending.signal.aborted)
          log.warn({ err }, 'known ids could not be brought up to date; trying again');
      }
    }
  }

  #pause(ms: number): Promise<boolean> {
    return sleep(ms, undefined, { signal: this.#ending.signal, ref: false }).then(
      () => true,
      () => false,
    );
  }

  #tidy(): readonly Slice[] {
    const now = this.#options.now();
    const before = this.#slices.short(now);
    const gone = this.#slices.tidy(now);
    this.#within = { from: this.#slices.since(now), seen: true };
    if (this.#slices.short(now) && !before) this.#tellShort();
    return gone;
  }

  #tellShort(): void {
    const { log, maxBytes } = this.#options;
    const since = new Date(this.#slices.since(this.#options.now())).toISOString();
    log.warn({ since, bytes: maxBytes }, 'too many ids for their memory: older ones are not known any more');
  }

  /** Reads the ids that other servers have stored since the last time. */
  async #follow(): Promise<void> {
    const { others, lake } = this.#options;
    if (others === undefined) return;
    const [from, to] = [this.#tail, await others.visibleTo()];
    if (to <= from) return;
    this.#gaps.closeAt(from);
    for (const table of await others.arrived(from)) {
      const known = this.#gaps.table(table);
      if (known === undefined) continue;
      for await (const { ids } of readIds(lake, table, { from, to })) {
        for (const id of ids) this.#slices.add(hashOf(id, known.seed));
      }
    }
    this.#tail = to;
    this.#gaps.followed(to);
    this.#fill();
  }

  #fill(): void {
    this.#filling ??= this.#fillGaps().finally(() => {
      this.#filling = undefined;
    });
  }

  async #fillGaps(): Promise<void> {
    for (;;) {
      try {
        while (!this.#ending.signal.aborted && (await this.#fillWindow()));
        return;
      } catch (err) {
        if (this.#ending.signal.aborted) return;
        this.#options.log.warn({ err }, 'known ids could not be read from the lake; trying again');
      }
      if (!(await this.#pause(AGAIN_MS))) return;
    }
  }

  /** Reads the newest of what is missing, of all tables, so that a lack of memory costs all of them the oldest. */
  async #fillWindow(): Promise<boolean> {
    const { now } = this.#options;
    const slices = this.#slices;
    const since = slices.since(now());
    this.#gaps.fill({ from: 0, to: since });
    const to = this.#gaps.end();
    if (to === undefined) return false;
    if (slices.spare < 0) {
      slices.forget(to);
      this.#gaps.fill({ from: 0, to });
      this.#tellShort();
      return true;
    }
    const window = { from: Math.max(since, to - slices.periodMs), to };
    for (const [table, ranges] of this.#gaps.within(window)) {
      for (const range of ranges) {
        await this.#read(table, range);
        if (this.#ending.signal.aborted) return false;
        this.#gaps.fill(range, table);
      }
    }
    return true;
  }

  async #read(table: string, range: { readonly from: number; readonly to: number }): Promise<void> {
    const { lake, now } = this.#options;
    const { seed } = this.#gaps.table(table)!;
    for await (const { ids, from, done } of readIds(lake, table, range)) {
      const slice = this.#slices.at(from);
      slice.changed = true;
      for (const id of ids) slice.set.add(hashOf(id, seed));
      if (done) this.#gaps.fill({ from, to: range.to }, table);
      if (this.#ending.signal.aborted || from < this.#slices.since(now())) return;
    }
  }

  #save(): Promise<void> {
    const next = this.#saving.then(() => this.#saveChanged());
    this.#saving = next.catch(() => {});
    return next;
  }

  async #saveChanged(): Promise<void> {
    const snapshots = this.#snapshots;
    if (snapshots === undefined) return;
    // Ids are remembered before their rows are stamped, so all of those below the mark are there.
    const until = Math.min(this.#options.now(), this.#tail);
    const slices = this.#slices;
    for (const slice of slices.list.filter(({ changed }) => changed)) {
      const end = slices.endOf(slice);
      // there was nothing before the first one
      const from = slice === slices.list[0] ? Math.min(slice.from, slices.since(until)) : slice.from;
      const range = { from, to: Math.min(end ?? until, until) };
      const tables = this.#gaps.complete(range);
      if (range.from >= range.to || tables.length === 0) continue;
      await snapshots.save(slice, { ...range, tables }, end !== undefined);
    }
  }
}
