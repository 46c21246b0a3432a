import { clipped, merged, type Stretch, without } from '../plan/stretches.ts';

/** How a shelf is filled, and what it may hold. */
export interface Filling<T> {
  /** What is read at once of every bucket, since somebody will ask for it. */
  readonly columns: ReadonlySet<string>;
  /** Outside of it there is nothing that anybody asks for. */
  readonly within: Stretch;
  /** How much of event time may be kept, in milliseconds. */
  readonly mostMs: number;
  read(columns: readonly string[], stretch: Stretch): Promise<readonly T[]>;
}

/**
 * What is known of columns per bucket, read once for all who ask for a part of it: with what lies beside a part, since the
 * next one asks for that. Of other columns, or when it becomes too much to keep, each reads its own.
 */
export class Shelf<T extends { readonly column: string; readonly time: number }> {
  readonly #filling: Filling<T>;
  readonly #stepMs: number;
  #held: readonly Stretch[] = [];
  readonly #kept: T[] = [];

  constructor(filling: Filling<T>, stepMs: number) {
    this.#filling = filling;
    this.#stepMs = stepMs;
  }

  /** What is known of some columns in a stretch, in any order. */
  async of(columns: readonly string[], stretch: Stretch): Promise<readonly T[]> {
    const { columns: all, within, read } = this.#filling;
    if (!columns.every((column) => all.has(column))) return read(columns, stretch);
    const [asked] = clipped([stretch], within.from, within.to);
    if (asked !== undefined && without(asked, this.#held).length > 0) {
      const wanted = [this.#widened(asked), asked].find((each) => this.#fits(each));
      if (wanted === undefined) return read(columns, stretch);
      for (const part of without(wanted, this.#held)) this.#kept.push(...(await read([...all], part)));
      this.#held = merged([...this.#held, wanted]);
    }
    const names = new Set(columns);
    return this.#kept.filter(
      ({ column, time }) => names.has(column) && stretch.from <= time && time < stretch.to,
    );
  }

  /** With half of its length before and behind it. */
  #widened({ from, to }: Stretch): Stretch {
    const { within } = this.#filling;
    const beside = Math.ceil((to - from) / this.#stepMs / 2) * this.#stepMs;
    return { from: Math.max(within.from, from - beside), to: Math.min(within.to, to + beside) };
  }

  #fits(stretch: Stretch): boolean {
    const held = merged([...this.#held, stretch]);
    return held.reduce((sum, { from, to }) => sum + to - from, 0) <= this.#filling.mostMs;
  }
}
