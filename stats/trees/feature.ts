/** A column to learn from. NaN and null are missing; a missing value is information, not an error. */
export type Feature =
  | { readonly name: string; readonly kind: 'numeric'; readonly values: ArrayLike<number> }
  | { readonly name: string; readonly kind: 'categorical'; readonly values: ArrayLike<string | null> };

/** One row by column name, as it comes from JSON: absent and null are missing, a boolean is its text or 0/1. */
export type Row = Readonly<Record<string, number | string | boolean | null | undefined>>;

/** Bins of a column: 0 = missing, 1…62 = values, 63 = the highest numbers, or the rare and unseen categories. */
export const BINS = 64;
export const OTHER_BIN = BINS - 1;

/**
 * How a column's values become bins. Numeric: bin 1 + (number of thresholds below x), at most 62 thresholds.
 * Categorical: bin 1 + place in `categories`, at most 62 of them.
 */
export type FeatureBins =
  | { readonly name: string; readonly kind: 'numeric'; readonly thresholds: readonly number[] }
  | { readonly name: string; readonly kind: 'categorical'; readonly categories: readonly string[] };

const MOST = BINS - 2;
/** Thresholds are quantiles; of more values than this, every k-th is looked at. */
const SORTED_AT_MOST = 200_000;

/** Bins of about equal share for numbers (midway between distinct values), the most frequent categories otherwise. */
export function featureBins(feature: Feature): FeatureBins {
  const { name } = feature;
  return feature.kind === 'numeric'
    ? { name, kind: 'numeric', thresholds: thresholds(feature.values) }
    : { name, kind: 'categorical', categories: topCategories(feature.values) };
}

/** Columns as trees see them: how their values become bins, and the bin of each row. */
export interface BinnedColumns {
  readonly features: readonly FeatureBins[];
  readonly columns: readonly Uint8Array[];
}

/** Bins of columns, and all their rows in these. */
export function binnedColumns(features: readonly Feature[]): BinnedColumns {
  const bins = features.map(featureBins);
  return { features: bins, columns: features.map((feature, f) => binColumn(feature, bins[f]!)) };
}

/** The given rows of binned columns, in the same bins. */
export function binnedRows({ features, columns }: BinnedColumns, rows: readonly number[]): BinnedColumns {
  return { features, columns: columns.map((column) => binsOf(column, rows)) };
}

function binsOf(column: Uint8Array, rows: readonly number[]): Uint8Array {
  const bins = new Uint8Array(rows.length);
  for (let i = 0; i < bins.length; i++) bins[i] = column[rows[i]!]!;
  return bins;
}

/** Every value's bin. */
export function binColumn(feature: Feature, bins: FeatureBins): Uint8Array {
  const { values } = feature;
  const column = new Uint8Array(values.length);
  if (bins.kind === 'numeric') {
    const edges = Float64Array.from(bins.thresholds);
    for (let i = 0; i < column.length; i++) column[i] = numberBin(values[i], edges);
  } else {
    const binOf = binner(bins);
    for (let i = 0; i < column.length; i++) column[i] = binOf(values[i]);
  }
  return column;
}

/** The bin of a single value of this column; what is of the wrong kind is missing. */
export function binner(bins: FeatureBins): (value: Row[string]) => number {
  if (bins.kind === 'categorical') {
    const place = new Map(bins.categories.map((category, i) => [category, i + 1]));
    return (value) => (value === null || value === undefined ? 0 : (place.get(String(value)) ?? OTHER_BIN));
  }
  const edges = Float64Array.from(bins.thresholds);
  return (value) => numberBin(typeof value === 'boolean' ? Number(value) : value, edges);
}

function numberBin(x: unknown, edges: Float64Array): number {
  if (typeof x !== 'number' || Number.isNaN(x)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function thresholds(values: ArrayLike<number>): number[] {
  const step = Math.max(1, Math.ceil(values.length / SORTED_AT_MOST));
  const kept = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) if (Number.isFinite(values[i]!)) kept[count++] = values[i]!;
  const sorted = kept.subarray(0, count).sort();
  const distinct = sorted.filter((x, i) => i === 0 || x !== sorted[i - 1]);
  const source = distinct.length <= MOST + 1 ? distinct : sorted;
  const cuts = new Set<number>();
  const wanted = Math.min(MOST, source.length - 1);
  for (let j = 1; j <= wanted; j++) {
    const at = source === distinct ? j : Math.round((j * sorted.length) / (MOST + 1));
    const below = source[at - 1]!;
    const above = source[at]!;
    // Between equal values there is no cut: the value itself then ends its bin.
    cuts.add(below === above ? above : below / 2 + above / 2);
  }
  return [...cuts].filter((cut) => cut < sorted[sorted.length - 1]!).sort((a, b) => a - b);
}

function topCategories(values: ArrayLike<string | null>): string[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST)
    .map(([category]) => category);
}
