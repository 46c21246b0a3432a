import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { fillGaps } from './fill-gaps.ts';
import { followOthers, type Others } from './follow-others.ts';
import { Gaps, type KnownTable } from './gaps.ts';
import { hashOf } from './hash.ts';
import type { Doubt } from './look-up.ts';
import { Slices } from './slices.ts';
import { type Loaded, Snapshots } from './snapshots.ts';

export interface KnownIdsOptions {
  readonly lake: Pick<Lake, 'query'>;
  readonly log: Log;
  /** Stamps below it are given: the time that rows are received at. */
  readonly now: () => number;
  readonly horizonMs: number;
  readonly maxBytes: number;
  /** Where ids are kept over a restart; nowhere when absent. */
  readonly folder?: string | undefined;
  /** Which lake the ids in the folder are of. */
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
  readonly #slices: Slices;
  readonly #gaps: Gaps;
  readonly #ending = new AbortController();
  /** What others stored before it has been read; without others there is nothing to read. */
  #tail: number;
  #within: Doubt = { from: 0, seen: true };
  #filling: Promise<void> | undefined;
  #loop: Promise<void> = Promise.resolve();

  private constructor(
    options: KnownIdsOptions,
    snapshots: Snapshots | undefined,
    slices: Slices,
    tail: number,
  ) {
    this.#options = options;
    this.#snapshots = snapshots;
    this.#slices = slices;
    this.#gaps = new Gaps(tail);
    this.#tail = tail;
  }

  /** Resolves when what was kept has been read; what is missing of these tables is read afterwards. */
  static async open(options: KnownIdsOptions, tables: readonly string[]): Promise<KnownIds> {
    const { folder, lakeName: lake, log, now, horizonMs, maxBytes, others } = options;
    const snapshots = folder === undefined ? undefined : new Snapshots({ folder, lake, log });
    const to = (await others?.visibleTo()) ?? now();
    const since = now() - horizonMs;
    const loaded: Loaded = (await snapshots?.load(since, maxBytes)) ?? { slices: [], claims: [] };
    const slices = new Slices({ horizonMs, maxBytes }, now(), loaded.slices);
    const known = new KnownIds(
      options,
      snapshots,
      slices,
      others === undefined ? Number.POSITIVE_INFINITY : to,
    );
    for (const table of tables) known.#gaps.add(table, { from: since, to }, loaded.claims);
    await known.#tidy();
    known.#fill();
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

  /** Resolves when nothing is missing any more. */
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
    await this.#save().catch((err) => this.#options.log.warn({ err }, 'known ids could not be kept'));
  }

  /** A table that was made meanwhile, by this process or another. Whether it is empty is asked, not assumed. */
  #begin(table: string): KnownTable {
    const { now, others } = this.#options;
    const to = others === undefined ? now() : Number.POSITIVE_INFINITY;
    const known = this.#gaps.add(table, { from: this.#slices.since(now()), to });
    this.#fill();
    return known;
  }

  async #run(): Promise<void> {
    const { lake, log, others } = this.#options;
    for (let turn = 1; await this.#pause(EVERY_MS); turn++) {
      try {
        await this.#tidy();
        if (others !== undefined) {
          this.#tail = await followOthers(lake, others, this.#slices, this.#gaps, this.#tail);
        }
        this.#fill();
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

  async #tidy(): Promise<void> {
    const now = this.#options.now();
    const before = this.#slices.short(now);
    const gone = this.#slices.tidy(now);
    this.#within = { from: this.#slices.since(now), seen: true };
    if (!before && this.#slices.short(now)) this.#tellShort();
    for (const slice of gone) await this.#snapshots?.remove(slice);
  }

  #tellShort(): void {
    const { log, maxBytes, now } = this.#options;
    const since = new Date(this.#slices.since(now())).toISOString();
    log.warn({ since, bytes: maxBytes }, 'too many ids for their memory: older ones are not known any more');
  }

  #fill(): void {
    if (this.#filling !== undefined || this.#gaps.end() === undefined) return;
    this.#filling = this.#fillUntilDone().finally(() => {
      this.#filling = undefined;
    });
  }

  async #fillUntilDone(): Promise<void> {
    const { lake, log, now } = this.#options;
    const stopped = () => this.#ending.signal.aborted;
    const short = () => this.#tellShort();
    do {
      try {
        await fillGaps({ lake, slices: this.#slices, gaps: this.#gaps, now, stopped, short });
        return;
      } catch (err) {
        if (!stopped()) log.warn({ err }, 'known ids could not be read from the lake; trying again');
      }
    } while (await this.#pause(AGAIN_MS));
  }

  async #save(): Promise<void> {
    // Ids are remembered before their rows are stamped, so all of those below the mark are there.
    const until = Math.min(this.#options.now(), this.#tail);
    await this.#snapshots?.saveChanged(this.#slices, this.#gaps, until);
  }
}
