/** Event time from `from` up to `to`, both edges of buckets. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches in order of time, with those that overlap, touch or lie at most `gap` apart made one.
 * `merged([{ from: 4, to: 6 }, { from: 0, to: 4 }])` → [{ from: 0, to: 6 }]
 */
export function merged(stretches: readonly Stretch[], gap = 0): Stretch[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from - last.to <= gap) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** What of the stretches lies in `from` … `to`. */
export function clipped(stretches: readonly Stretch[], from: number, to: number): Stretch[] {
  return stretches.flatMap((each) => {
    const part = { from: Math.max(each.from, from), to: Math.min(each.to, to) };
    return part.from < part.to ? [part] : [];
  });
}

/** What of a stretch lies in none of the others, which are in order of time and apart. */
export function without({ from, to }: Stretch, others: readonly Stretch[]): Stretch[] {
  const inside = clipped(others, from, to);
  const edges = [from, ...inside.flatMap((other) => [other.from, other.to]), to];
  return edges.flatMap((start, i) => {
    const end = edges[i + 1];
    return i % 2 === 0 && end !== undefined && start < end ? [{ from: start, to: end }] : [];
  });
}

/** The stretch in pieces of at most `length`, in order. */
export function* pieces({ from, to }: Stretch, length: number): Generator<Stretch> {
  for (let at = from; at < to; at += length) yield { from: at, to: Math.min(to, at + length) };
}

/** Buckets by their start, ascending, as stretches. */
export function stretchesOf(buckets: Iterable<number>, bucketMs: number): Stretch[] {
  const all: { from: number; to: number }[] = [];
  for (const bucket of buckets) {
    const last = all.at(-1);
    if (last?.to === bucket) last.to += bucketMs;
    else all.push({ from: bucket, to: bucket + bucketMs });
  }
  return all;
}

/** Whether any of the stretches (in order of time, apart) has a part in `from` … `to`. */
export function touches(stretches: readonly Stretch[], from: number, to: number): boolean {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.to <= from) low = middle + 1;
    else high = middle;
  }
  return low < stretches.length && stretches[low]!.from < to;
}
