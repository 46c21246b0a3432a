import { type Grid, gridEdge } from './asinh-grid.ts';
import { addCategories, type CategoricalBins, categoricalBins } from './category-bins.ts';
import { categorySlot } from './category-slot.ts';
import type { ColumnCounts } from './column-counts.ts';
import { sortedCells, total } from './grid-summary.ts';
import { quantileEdges } from './quantile-edges.ts';
import { FEW_VALUES, SPECIAL_BINS, type SpecialBin } from './special-bins.ts';

export { addCategories, type CategoricalBins } from './category-bins.ts';
export { FEW_VALUES, SPECIAL_BINS, type SpecialBin } from './special-bins.ts';

/**
 * Frozen bins of a numeric column. Bin j holds the grid cells edges[j] ≤ i < edges[j+1]; cells outside are out of range.
 * `values`: for a column of few distinct values, its cells; any other cell in range is a new value. Null when continuous.
 * `unseen`: how many reference values stand for what the reference did not see (Good–Turing), used by the drift score.
 */
export interface NumericBins {
  readonly kind: 'numeric';
  readonly edges: readonly number[];
  readonly values: readonly number[] | null;
  readonly unseen: number;
}

/** Plain data: can be stored as JSON. */
export type ReferenceBins = NumericBins | CategoricalBins;

export interface BinOptions {
  /** Regular bins at most, 1 to 20. Default 10: fewer bins, less noise; 20 sees finer changes of shape. */
  readonly bins?: number;
  /** Default: numeric when the profile has numbers on its grid, else categorical. */
  readonly type?: 'numeric' | 'categorical';
}

/**
 * Bins frozen from a reference profile: quantile bins on grid edges for numbers (a value that holds a bin's share gets
 * its own; a column of at most 20 distinct values one bin per value); for categories see `CategoricalBins`.
 * A reference without any value gives no regular bin: every later value is out of range or new.
 * @example referenceBins({ missing: 0, invalid: 0, grid: new Map(), counts: new Map([['a', 9]]), other: 0 }).top // ['a']
 */
export function referenceBins(reference: ColumnCounts, options: BinOptions = {}): ReferenceBins {
  const wanted = Math.max(1, Math.min(FEW_VALUES, Math.floor(options.bins ?? 10)));
  const type = options.type ?? (reference.grid.size > 0 ? 'numeric' : 'categorical');
  return type === 'numeric' ? numericBins(reference, wanted) : categoricalBins(reference, wanted);
}

function numericBins(reference: ColumnCounts, wanted: number): NumericBins {
  const cells = sortedCells(reference.grid);
  if (cells.length === 0) return { kind: 'numeric', edges: [], values: null, unseen: 0 };
  const n = total(reference.grid);
  // Five values a cell on average: fewer may be a small sample of a continuous column.
  if (cells.length <= FEW_VALUES && n >= 5 * cells.length) {
    const values = cells.map(([index]) => index);
    const edges = [...values, values.at(-1)! + 1];
    return { kind: 'numeric', edges, values, unseen: cells.filter(([, count]) => count === 1).length };
  }
  const unseen = [cells[0]!, cells.at(-1)!].filter(([, count]) => count === 1).length;
  return { kind: 'numeric', edges: quantileEdges(cells, wanted), values: null, unseen };
}

/** Number of bins, special ones included: the length of `binCounts`. */
export function binTotal(bins: ReferenceBins): number {
  return regularBins(bins) + SPECIAL_BINS.length;
}

/** Place of a special bin in `binCounts`. */
export function specialBin(bins: ReferenceBins, name: SpecialBin): number {
  return regularBins(bins) + SPECIAL_BINS.indexOf(name);
}

/**
 * A profile's counts in the frozen bins: the regular bins in order, then missing, invalid, out_of_range, new, other.
 * Reference and current come out aligned. Categories lie as `CategoricalBins` says: top, slots. The counts sum to the profile's missing + invalid + values.
 */
export function binCounts(profile: ColumnCounts, bins: ReferenceBins): number[] {
  const counts = new Array<number>(binTotal(bins)).fill(0);
  counts[specialBin(bins, 'missing')] = profile.missing;
  counts[specialBin(bins, 'invalid')] = profile.invalid;
  if (bins.kind === 'numeric') {
    const place = placeOf(bins);
    for (const [index, count] of profile.grid) counts[place(index)]! += count;
  } else {
    addCategories(bins, profile, counts);
  }
  return counts;
}

/**
 * Counts on the bins as a score has them: first the carried categories, then the slots, then the special bins; a top
 * category that is not carried is in its slot, or in "other". Numbers have one kind of bins.
 */
export function scoredCounts(bins: ReferenceBins, counts: readonly number[]): number[] {
  if (bins.kind === 'numeric') return [...counts];
  const { top, carried, slots } = bins;
  const scored = [...counts.slice(0, carried), ...counts.slice(top.length)];
  const other = carried + slots + SPECIAL_BINS.indexOf('other');
  for (let j = carried; j < top.length; j++)
    scored[slots > 0 ? carried + categorySlot(top[j]!, slots) : other]! += counts[j]!;
  return scored;
}

/** Counts on the bins as `describeBins` names them: the slots are "other". */
export function drawnCounts(bins: ReferenceBins, counts: readonly number[]): number[] {
  if (bins.kind === 'numeric') return [...counts];
  const { top, slots } = bins;
  const drawn = [...counts.slice(0, top.length), ...counts.slice(top.length + slots)];
  for (const count of counts.slice(top.length, top.length + slots)) drawn[drawn.length - 1]! += count;
  return drawn;
}

/** Look-ups are made once per bins: a timeline asks the same bins for thousands of windows. */
const lookups = new WeakMap<NumericBins, (index: number) => number>();

function placeOf(bins: NumericBins): (index: number) => number {
  let made = lookups.get(bins);
  if (made === undefined) {
    made = cellPlaces(bins);
    lookups.set(bins, made);
  }
  return made;
}

/** Grids of usual width get a table of every cell; wider ones are searched. */
const TABLE_CELLS = 65_536;

function cellPlaces(bins: NumericBins): (index: number) => number {
  const { edges, values } = bins;
  const outside = specialBin(bins, 'out_of_range');
  if (edges.length === 0) return () => outside;
  const first = edges[0]!;
  const cells = edges.at(-1)! - first;
  const within = (index: number): number => {
    const bin = lastAtMost(edges, index);
    return values === null || values[bin] === index ? bin : specialBin(bins, 'new');
  };
  if (cells > TABLE_CELLS)
    return (index) => (index >= first && index < first + cells ? within(index) : outside);
  const table = Uint8Array.from({ length: cells }, (_, i) => within(first + i));
  return (index) => (index >= first && index < first + cells ? table[index - first]! : outside);
}

/** The last place whose edge is at most the index. */
function lastAtMost(edges: readonly number[], index: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= index) low = middle;
    else high = middle;
  }
  return low;
}

function regularBins(bins: ReferenceBins): number {
  return bins.kind === 'numeric' ? Math.max(0, bins.edges.length - 1) : bins.top.length + bins.slots;
}

/** One bin as a reader sees it; `from` and `to` in the column's unit, null unless numeric. */
export interface BinDescription {
  readonly kind: 'range' | 'category' | SpecialBin;
  readonly from: number | null;
  readonly to: number | null;
  readonly label: string;
}

/** What each place of `drawnCounts` stands for. A numeric column needs its grid. */
export function describeBins(bins: ReferenceBins, grid: Grid = { center: 0, scale: 1 }): BinDescription[] {
  const regular: BinDescription[] =
    bins.kind === 'categorical'
      ? bins.top.map((label) => ({ kind: 'category', from: null, to: null, label }))
      : bins.edges.slice(0, -1).map((edge, j) => {
          const from = gridEdge(edge, grid);
          const to = gridEdge(bins.values === null ? bins.edges[j + 1]! : edge + 1, grid);
          return {
            kind: 'range',
            from,
            to,
            label: bins.values === null ? range(from, to) : single(from, to),
          };
        });
  const special = SPECIAL_BINS.map((kind) => ({
    kind,
    from: null,
    to: null,
    label: kind.replaceAll('_', ' '),
  }));
  return [...regular, ...special];
}

function range(from: number, to: number): string {
  const step = Math.max(Math.abs(to - from) / 100, Number.MIN_VALUE);
  return `${shortest(from - step, from + step)} – ${shortest(to - step, to + step)}`;
}

/** A column of few values shows the value itself: the shortest number inside its cell. */
function single(from: number, to: number): string {
  return shortest(from, to);
}

/** The number with the fewest digits in [from, to]; 0 when the interval holds it. */
function shortest(from: number, to: number): string {
  if (from <= 0 && to >= 0) return '0';
  const middle = from / 2 + to / 2;
  for (let digits = 1; digits <= 15; digits++) {
    const candidate = Number(middle.toPrecision(digits));
    if (candidate >= from && candidate <= to) return String(candidate);
  }
  return String(middle);
}
