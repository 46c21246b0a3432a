/**
 * A histogram whose buckets follow from its schema, as Prometheus' native and OpenTelemetry's exponential ones do: bucket `i` holds values in
 * (b^(i−1), b^i] with b = 2^(2^−schema), negative values the same by their size; what is nearer to 0 than `zeroThreshold` is counted by itself.
 * With `bounds` it has bounds of its own instead, and bucket `i` ends at `bounds[i]`.
 */
export interface NativeHistogram {
  readonly schema: number;
  readonly bounds: readonly number[];
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: Buckets;
  readonly negative: Buckets;
}

/** Counts by the index of their bucket. */
export type Buckets = ReadonlyMap<number, number>;

/** Values in (lower, upper], or of the zero bucket in [lower, upper]. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

/** Where bucket `index` of a schema ends: 2^(index · 2^−schema), at most the largest number. `upperBound(8, 3)` → 2 */
export const upperBound = (index: number, schema: number): number =>
  Math.min(2 ** (index * 2 ** -schema), Number.MAX_VALUE);

/** Whether it has bounds of its own. */
export const hasBounds = ({ bounds }: Pick<NativeHistogram, 'bounds'>): boolean => bounds.length > 0;

/**
 * The sum of histograms, of which some may count what is to be taken away: at the coarsest of their schemas, with the widest of their zero buckets, widened to the end of a
 * bucket that has values where it would end within. A count below 0 becomes 0. All of them have the same bounds, or none has any. As Prometheus adds them.
 */
export function addHistograms(parts: readonly NativeHistogram[]): NativeHistogram {
  const schema = Math.min(...parts.map((part) => part.schema));
  const zeroThreshold = widestZero(parts);
  let zeroCount = 0;
  const [positive, negative] = [new Map<number, number>(), new Map<number, number>()];
  for (const part of parts) {
    zeroCount += part.zeroCount;
    for (const [from, into] of [
      [part.positive, positive],
      [part.negative, negative],
    ] as const)
      for (const [index, count] of from) {
        if (!hasBounds(part) && upperBound(index, part.schema) <= zeroThreshold) zeroCount += count;
        else add(into, hasBounds(part) ? index : coarser(index, part.schema - schema), count);
      }
  }
  const bounds = parts[0]?.bounds ?? [];
  return {
    ...{ schema, bounds, zeroThreshold },
    ...{ zeroCount: Math.max(0, zeroCount), positive: above0(positive), negative: above0(negative) },
  };
}

/** Buckets with values, rising. The first of bounds of one's own begins at −∞, what lies above all bounds ends at ∞. */
export function bucketsOf({ schema, bounds, ...of }: NativeHistogram): Bucket[] {
  const rising = [...of.positive].sort(([a], [b]) => a - b);
  if (bounds.length > 0)
    return rising.map(([i, count]) => ({
      lower: bounds[i - 1] ?? Number.NEGATIVE_INFINITY,
      upper: bounds[i] ?? Number.POSITIVE_INFINITY,
      count,
    }));
  const ends = (index: number) => [upperBound(index - 1, schema), upperBound(index, schema)] as const;
  const positive = rising.map(([index, count]) => {
    const [lower, upper] = ends(index);
    return { lower: Math.max(lower, of.zeroThreshold), upper, count };
  });
  const negative = [...of.negative]
    .sort(([a], [b]) => b - a)
    .map(([index, count]) => {
      const [lower, upper] = ends(index);
      return { lower: -upper, upper: -Math.max(lower, of.zeroThreshold), count };
    });
  // Values of one sign alone have nothing on the other side of 0.
  const lower = negative.length === 0 && positive.length > 0 ? 0 : -of.zeroThreshold;
  const upper = positive.length === 0 && negative.length > 0 ? 0 : of.zeroThreshold;
  const zero = of.zeroCount > 0 ? [{ lower, upper, count: of.zeroCount }] : [];
  return [...negative, ...zero, ...positive];
}

/** Which bucket of a schema that is coarser by `steps` holds a bucket. */
const coarser = (index: number, steps: number): number => Math.ceil(index / 2 ** steps);

function add(into: Map<number, number>, index: number, count: number): void {
  into.set(index, (into.get(index) ?? 0) + count);
}

const above0 = (counts: Buckets): Buckets => new Map([...counts].filter(([, count]) => count > 0));

/** The widest zero bucket, which ends within no bucket that has values. */
function widestZero(parts: readonly NativeHistogram[]): number {
  let threshold = Math.max(...parts.map((part) => part.zeroThreshold));
  for (let before = -1; before !== threshold; ) {
    before = threshold;
    for (const part of parts)
      for (const side of hasBounds(part) ? [] : [part.positive, part.negative])
        for (const [index, count] of side)
          if (count !== 0 && upperBound(index - 1, part.schema) < threshold)
            threshold = Math.max(threshold, upperBound(index, part.schema));
  }
  return threshold;
}
