/** A stretch of stamps, and what was seen of it. */
export interface Look {
  readonly since: number;
  readonly until: number;
  /** Predictions: how many. Labels and outcomes: a checksum, unsigned. As text. */
  readonly seen: string;
}

/** Stretches that are looked at a second time. */
export interface Looks {
  readonly predictions: readonly Look[];
  readonly labels: readonly Look[];
  readonly outcomes: readonly Look[];
}

/** The looks that a head tells of; one from before outcomes were looked at has none of these. */
export function looksOf({ looks }: { readonly looks: string }): Looks {
  return { predictions: [], labels: [], outcomes: [], ...(JSON.parse(looks) as Partial<Looks>) };
}

/** After so long nothing lands any more that was stamped before. */
export const LOOK_AGAIN_MS = 300_000;
/** Stretches that follow one another are one look until it is so long. */
const LONGEST_MS = 60_000;
/** By now it is looked at, with all that could be by then: minute by minute each would be a statement. */
export const LOOK_BY_MS = 2 * LOOK_AGAIN_MS;
/** So many are kept: a server that comes back after days does not look at each minute of its past. */
const MOST = 30;

/** The looks with one more stretch. `withLook([], { since: 0, until: 9, seen: '1' })` → the one. Pure. */
export function withLook(looks: readonly Look[], added: Look): Look[] {
  const last = looks.at(-1);
  if (last === undefined || added.since !== last.until || added.until - last.since > LONGEST_MS)
    return [...looks, added].slice(-MOST);
  return [...looks.slice(0, -1), { since: last.since, until: added.until, seen: sum(last.seen, added.seen) }];
}

/** Once one has waited long enough: all that it is time to look at again, and the others. Pure. */
export function dueLooks(looks: readonly Look[], now: number): { due: Look[]; rest: Look[] } {
  const any = looks.some(({ until }) => now - until >= LOOK_BY_MS);
  const isDue = ({ until }: Look) => any && now - until >= LOOK_AGAIN_MS;
  return { due: looks.filter(isDue), rest: looks.filter((look) => !isDue(look)) };
}

/** Sums of unsigned 64-bit numbers, as the engine adds them. `sum('18446744073709551615', '2')` → '1' */
function sum(a: string, b: string): string {
  return String(BigInt.asUintN(64, BigInt(a) + BigInt(b)));
}
