import { setImmediate as turn } from 'node:timers/promises';
import type { Hash } from './hash.ts';
import { IdSet, SHARDS } from './id-set.ts';

/** Ids that were received from a moment on, until the next slice begins. */
export interface Slice {
  readonly from: number;
  readonly set: IdSet;
  /** Since it was saved. */
  changed: boolean;
}

export interface SlicesOptions {
  /** How far back ids are known. */
  readonly horizonMs: number;
  readonly maxBytes: number;
}

/** Of the horizon: old ids are let go a slice at a time. */
const PARTS = 7;
/** Of the memory: a slice that is larger makes room for the next. */
const LARGEST = 1 / 8;
/** An id is remembered when its request comes and stamped when it is written: by then at the latest. */
const LATE_MS = 600_000;

/**
 * The ids of the horizon, in slices by the time of their arrival: the newest takes what comes, the oldest is let go when it
 * has left the horizon, or when all of them need more memory than they may. Then `since` says from when ids are known.
 */
export class Slices {
  readonly #options: SlicesOptions;
  /** By time, at least one. */
  #list: Slice[];
  #let = Number.NEGATIVE_INFINITY;

  constructor(options: SlicesOptions, now: number, loaded: readonly Slice[] = []) {
    this.#options = options;
    this.#list = loaded.toSorted((a, b) => a.from - b.from);
    this.tidy(now);
  }

  get periodMs(): number {
    return Math.ceil(this.#options.horizonMs / PARTS);
  }

  get list(): readonly Slice[] {
    return this.#list;
  }

  /** Where a slice ends: where the next begins; undefined for the newest. */
  endOf(slice: Slice): number | undefined {
    return this.#list[this.#list.indexOf(slice) + 1]?.from;
  }

  /** Ids that were received before it are not known. */
  since(now: number): number {
    return Math.max(now - this.#options.horizonMs, this.#let);
  }

  /** Whether memory, and not the horizon, decides how far back ids are known. */
  short(now: number): boolean {
    return this.#let > now - this.#options.horizonMs;
  }

  get bytes(): number {
    return this.#list.reduce((sum, { set }) => sum + set.bytes, 0);
  }

  get count(): number {
    return this.#list.reduce((sum, { set }) => sum + set.count, 0);
  }

  /** Room for ids that came earlier: what is left beside the newest slice at its largest. */
  get spare(): number {
    return this.#options.maxBytes * (1 - LARGEST) - this.bytes;
  }

  /** Adds the hash to the newest slice, unless one has it. False: it certainly was in none. */
  add(hash: Hash): boolean {
    const last = this.#list.length - 1;
    for (let i = last - 1; i >= 0; i--) if (this.#list[i]!.set.has(hash)) return true;
    const newest = this.#list[last]!;
    newest.changed = true;
    return newest.set.add(hash);
  }

  has(hash: Hash): boolean {
    return this.#list.some(({ set }) => set.has(hash));
  }

  /** The slice of a moment, made when there is none: a missing one is filled from the lake. */
  at(time: number): Slice {
    const before = this.#list.findLast(({ from }) => from <= time);
    const first = this.#list[0]!;
    if (before === undefined)
      return this.#insert(first.from - Math.ceil((first.from - time) / this.periodMs) * this.periodMs);
    const periods = Math.floor((time - before.from) / this.periodMs);
    return periods === 0 ? before : this.#insert(before.from + periods * this.periodMs);
  }

  /** Begins a new slice when it is time, lets go of those that are too old or too many. Answers with those. */
  tidy(now: number): readonly Slice[] {
    const newest = this.#list.at(-1);
    const room = this.#options.maxBytes * LARGEST;
    if (newest === undefined) this.#insert(now);
    else if (now >= newest.from + this.periodMs || newest.set.bytes > room)
      this.#insert(Math.max(now, newest.from + 1));
    const gone: Slice[] = [];
    const old = now - this.#options.horizonMs - LATE_MS;
    while (this.#list.length > 1 && this.#list[1]!.from <= old) gone.push(this.#list.shift()!);
    while (this.#list.length > 1 && this.bytes > this.#options.maxBytes) {
      gone.push(this.#list.shift()!);
      this.forget(this.#list[0]!.from);
    }
    return gone;
  }

  /** Slices from this moment on, but the newest, are whole: they give back what they had for growing, a shard at a time, so that nobody waits. */
  async fit(from: number): Promise<void> {
    for (const slice of this.#list.slice(0, -1)) {
      if (slice.from < from) continue;
      for (let shard = 0; shard < SHARDS; shard++) {
        slice.set.fit(shard);
        await turn();
      }
    }
  }

  /** There is no memory for what was received before this moment. */
  forget(before: number): void {
    this.#let = Math.max(this.#let, before);
  }

  #insert(from: number): Slice {
    const slice: Slice = { from, set: new IdSet(), changed: false };
    this.#list = [...this.#list, slice].sort((a, b) => a.from - b.from);
    return slice;
  }
}
