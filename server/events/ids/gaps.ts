import { type Hash, seedOf } from './hash.ts';
import type { Doubt } from './look-up.ts';
import { common, hull, type Range, without } from './ranges.ts';
import type { Claim } from './slice-file.ts';

export interface KnownTable {
  readonly seed: Hash;
  /** Stretches whose ids were not read yet. */
  gaps: readonly Range[];
  /** Where an id may lie that was not seen here; undefined when there is nothing to read. */
  doubt: Doubt | undefined;
}

/** What of each table was not read yet: its gaps, and what other servers stored from `tail` on. */
export class Gaps {
  readonly #tables = new Map<string, KnownTable>();
  #tail: number;

  /** `tail` is infinite where no other server writes. */
  constructor(tail = Number.POSITIVE_INFINITY) {
    this.#tail = tail;
  }

  table(name: string): KnownTable | undefined {
    return this.#tables.get(name);
  }

  /** A table of which nothing in the range was read but what is claimed. */
  add(name: string, range: Range, claims: readonly Claim[] = []): KnownTable {
    const known: KnownTable = { seed: seedOf(name), gaps: [range], doubt: undefined };
    for (const claim of claims) if (claim.tables.includes(name)) known.gaps = without(known.gaps, claim);
    this.#tables.set(name, known);
    this.#doubt(known);
    return known;
  }

  /** The range was read, of one table or of all. */
  fill(range: Range, name?: string): void {
    for (const [table, known] of this.#tables) {
      if ((name !== undefined && table !== name) || known.gaps.length === 0) continue;
      known.gaps = without(known.gaps, range);
      this.#doubt(known);
    }
  }

  /** From this moment on all tables are followed, also those that came while the last stretch was read. */
  closeAt(tail: number): void {
    for (const known of this.#tables.values())
      if (known.gaps.at(-1)?.to === Number.POSITIVE_INFINITY)
        known.gaps = without(known.gaps, { from: tail, to: Number.POSITIVE_INFINITY });
  }

  followed(tail: number): void {
    this.#tail = tail;
    for (const known of this.#tables.values()) this.#doubt(known);
  }

  /** The end of the newest gap that can be read; undefined when there is none. */
  end(): number | undefined {
    const ends = [...this.#tables.values()].flatMap(({ gaps }) =>
      gaps.map(({ to }) => to).filter((to) => to !== Number.POSITIVE_INFINITY),
    );
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  /** The gaps of each table within the range, the newest first. */
  within(range: Range): [string, Range[]][] {
    return [...this.#tables].flatMap(([name, { gaps }]): [string, Range[]][] => {
      const inside = gaps.flatMap((gap) => common(gap, range) ?? []).reverse();
      return inside.length === 0 ? [] : [[name, inside]];
    });
  }

  /** Around the gaps of each table that can be read. */
  hulls(): [string, Range][] {
    return [...this.#tables].flatMap(([name, { gaps }]): [string, Range][] => {
      const range = hull(gaps.filter(({ to }) => to !== Number.POSITIVE_INFINITY));
      return range === undefined ? [] : [[name, range]];
    });
  }

  /** Tables of which everything in the range was read. */
  complete(range: Range): string[] {
    return [...this.#tables]
      .filter(([, { gaps }]) => gaps.every((gap) => common(gap, range) === undefined))
      .map(([name]) => name);
  }

  #doubt(known: KnownTable): void {
    const tail = { from: this.#tail, to: Number.POSITIVE_INFINITY };
    const unread = hull([...known.gaps, ...(tail.from === tail.to ? [] : [tail])]);
    known.doubt = unread && {
      from: unread.from,
      to: unread.to === Number.POSITIVE_INFINITY ? undefined : unread.to,
      seen: false,
    };
  }
}
