/** A stretch of stamps, `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the two have in common; undefined for nothing. */
export function common(a: Range, b: Range): Range | undefined {
  const range = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return range.from < range.to ? range : undefined;
}

/** What is left of the ranges. `without([{ from: 0, to: 9 }], { from: 2, to: 4 })` → [0, 2) and [4, 9) */
export function without(ranges: readonly Range[], { from, to }: Range): Range[] {
  return ranges
    .flatMap((range) => [
      { from: range.from, to: Math.min(range.to, from) },
      { from: Math.max(range.from, to), to: range.to },
    ])
    .filter((range) => range.from < range.to);
}

/** The one range that covers them all; undefined for none. */
export function hull(ranges: readonly Range[]): Range | undefined {
  if (ranges.length === 0) return undefined;
  return {
    from: Math.min(...ranges.map(({ from }) => from)),
    to: Math.max(...ranges.map(({ to }) => to)),
  };
}
