import type { PeerSample } from './peer.ts';

/** The finite numbers of a sample, in its order; text that is no number is left out. */
export function numbers(sample: PeerSample): Float64Array {
  return Float64Array.from(sample as ArrayLike<number | string | null>, toNumber).filter(Number.isFinite);
}

/** The numbers that are given, infinite ones too. */
export function givenNumbers(sample: PeerSample): Float64Array {
  return Float64Array.from(sample as ArrayLike<number | string | null>, toNumber).filter(
    (x) => !Number.isNaN(x),
  );
}

function toNumber(value: number | string | null): number {
  return value === null || value === '' ? Number.NaN : Number(value);
}

/** The values that are not missing, as text. */
export function categories(sample: PeerSample): string[] {
  return sample instanceof Float64Array
    ? Array.from(numbers(sample), String)
    : sample.filter((value) => value !== null);
}

/** How often each value occurs, in order of first appearance. */
export function countValues(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Counts of both samples on the union of their categories. */
export interface AlignedCounts {
  readonly keys: readonly string[];
  readonly reference: number[];
  readonly current: number[];
  readonly m: number;
  readonly n: number;
}

export function alignedCounts(reference: PeerSample, current: PeerSample): AlignedCounts {
  const [r, c] = [categories(reference), categories(current)];
  const [before, after] = [countValues(r), countValues(c)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return {
    keys,
    reference: keys.map((key) => before.get(key) ?? 0),
    current: keys.map((key) => after.get(key) ?? 0),
    m: r.length,
    n: c.length,
  };
}

/** A sample as numbers, missing ones NaN, and what is no number as well. */
export function asNumbers(sample: PeerSample): Float64Array {
  return sample instanceof Float64Array ? sample : Float64Array.from(sample, toNumber);
}

/** A sample as categories: a number by its text. */
export function asCategories(sample: PeerSample): readonly (string | null)[] {
  if (!(sample instanceof Float64Array)) return sample;
  return Array.from(sample, (x) => (Number.isNaN(x) ? null : String(x)));
}

/** Distinct values over both sides, missing ones not counted. */
export function distinctValues(reference: PeerSample, current: PeerSample): number {
  return new Set<number | string>([...present(reference), ...present(current)]).size;
}

function present(sample: PeerSample): Iterable<number | string> {
  return sample instanceof Float64Array ? numbers(sample) : categories(sample);
}

/** Whether a data frame would hold the column as integers: whole numbers, none missing. */
export function integerColumn(sample: PeerSample): boolean {
  return sample instanceof Float64Array && sample.every((x) => Number.isInteger(x));
}

/** Mean and population variance in two passes. */
export function meanAndVariance(x: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return { mean, variance: x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length };
}
