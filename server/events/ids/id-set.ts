import type { Hash } from './hash.ts';

/** Parts of a set, by the first 7 bits of the hash: one that grows is rewritten in a few milliseconds. */
export const SHARDS = 128;
/** Bits of a hash within its shard; with those of the shard 46 are told apart. */
const BITS = 39;
/** Cells of one bucket: 64 bytes, one cache line. */
const CELLS = 16;
/** Buckets after its own in which a hash may lie. */
const FURTHER = 7;
/** A cell is 0, or 3 bits of how many buckets further and 29 of the rest of the hash, plus one. */
const REST_BITS = 29;
const REST = 2 ** REST_BITS - 1;
/** Fewest buckets of a table: the rest of the hash then fits into its cell. */
const FEWEST = Math.ceil(2 ** BITS / REST) + 1;
/** A shard of fewer hashes has no table yet. */
const FEW = 400;
const LOAD = 0.88;
const GROWTH = 1.25;
/** Of one hash in a Set of numbers, about. */
const EXTRA_BYTES = 48;

/** A part of a set as it lies in memory and in a file. */
export interface Shard {
  readonly buckets: number;
  readonly count: number;
  readonly cells: Int32Array<ArrayBuffer>;
  /** Those for which there was no room in their buckets. */
  readonly extra: ReadonlySet<number>;
}

interface Part {
  buckets: number;
  /** Hashes of one bucket: what lies within is the rest. */
  width: number;
  cells: Int32Array<ArrayBuffer>;
  count: number;
  extra: Set<number>;
}

const NO_CELLS = new Int32Array(0);

/**
 * A set of hashes of ids that grows, in 4.6 to 5.7 bytes each: "no" is certain; "yes" is wrong for one new id of 700,000
 * when there are 100 million. Each hash lies in the table of its shard: its place says the first bits of it and the cell
 * the rest, so that the whole of it is known and a table can be rewritten when it grows. A hash whose bucket is full lies
 * in one of the next seven, and where those are full too (2 of 1,000) in a plain set.
 */
export class IdSet {
  readonly #parts: Part[];

  constructor(shards?: readonly Shard[]) {
    this.#parts = Array.from({ length: SHARDS }, (_, i) => part(shards?.[i]));
  }

  /** Adds the hash. False: it certainly was not there. */
  add([a, b]: Hash): boolean {
    const p = this.#parts[a >>> 25]!;
    const hash = within(a, b);
    if (holds(p, hash)) return true;
    p.count++;
    if (p.count > LOAD * CELLS * p.buckets) grow(p, hash);
    else if (!put(p, hash)) p.extra.add(hash);
    return false;
  }

  has([a, b]: Hash): boolean {
    return holds(this.#parts[a >>> 25]!, within(a, b));
  }

  get count(): number {
    return this.#parts.reduce((sum, { count }) => sum + count, 0);
  }

  /** Memory, about. */
  get bytes(): number {
    return this.#parts.reduce(
      (sum, { cells, extra }) => sum + cells.byteLength + EXTRA_BYTES * extra.size,
      0,
    );
  }

  /** Gives back the room that a shard had for growing, and answers with it. */
  fit(shard: number): Shard {
    const p = this.#parts[shard]!;
    const buckets = p.buckets === 0 ? 0 : bucketsFor(p.count);
    if (buckets < p.buckets) rewrite(p, buckets);
    return p;
  }

  shard(shard: number): Shard {
    return this.#parts[shard]!;
  }
}

/** The hash within its shard. */
function within(a: number, b: number): number {
  return (a & 0x1ffffff) * 16_384 + (b >>> 18);
}

function part(shard?: Shard): Part {
  const buckets = shard?.buckets ?? 0;
  return {
    buckets,
    width: widthOf(buckets),
    cells: shard?.cells ?? NO_CELLS,
    count: shard?.count ?? 0,
    extra: new Set(shard?.extra),
  };
}

function widthOf(buckets: number): number {
  return buckets === 0 ? 0 : Math.ceil(2 ** BITS / buckets);
}

function bucketsFor(count: number): number {
  return Math.max(FEWEST, Math.ceil(count / (LOAD * CELLS)));
}

/** Cells of a table with so many buckets. */
export function cellsOf(buckets: number): number {
  return buckets === 0 ? 0 : (buckets + FURTHER) * CELLS;
}

function holds({ buckets, width, cells, extra }: Part, hash: number): boolean {
  if (buckets === 0) return extra.has(hash);
  const bucket = Math.floor(hash / width);
  const rest = (hash - bucket * width + 1) | 0;
  let at = bucket * CELLS;
  for (let further = 0; further <= FURTHER; further++) {
    const wanted = rest | (further << REST_BITS);
    for (const end = at + CELLS; at < end; at++) {
      const cell = cells[at];
      if (cell === wanted) return true;
      if (cell === 0) return false;
    }
  }
  return extra.has(hash);
}

/** False when there is no room. */
function put({ width, cells }: Part, hash: number): boolean {
  if (width === 0) return false;
  const bucket = Math.floor(hash / width);
  const rest = (hash - bucket * width + 1) | 0;
  let at = bucket * CELLS;
  for (let further = 0; further <= FURTHER; further++) {
    for (const end = at + CELLS; at < end; at++) {
      if (cells[at] !== 0) continue;
      cells[at] = rest | (further << REST_BITS);
      return true;
    }
  }
  return false;
}

function grow(p: Part, hash: number): void {
  p.extra.add(hash);
  if (p.buckets === 0 && p.count <= FEW) return;
  rewrite(p, p.buckets === 0 ? FEWEST : Math.ceil(p.buckets * GROWTH));
}

/** The same hashes in a table of another size. */
function rewrite(p: Part, buckets: number): void {
  const { cells, width, extra } = p;
  p.buckets = buckets;
  p.width = widthOf(buckets);
  p.cells = new Int32Array(cellsOf(buckets));
  p.extra = new Set();
  const move = (hash: number) => {
    if (!put(p, hash)) p.extra.add(hash);
  };
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    if (cell === 0) continue;
    const bucket = Math.floor(at / CELLS) - (cell >>> REST_BITS);
    move(bucket * width + (cell & REST) - 1);
  }
  for (const hash of extra) move(hash);
}
