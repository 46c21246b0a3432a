import type { Range } from '../time/range.ts';

/** A change: a line at a moment, on every chart. */
export interface ChangeMark {
  readonly id: string;
  readonly time: number;
  readonly title: string;
}

/** An incident: a band over a stretch of time. */
export interface Band extends Range {
  readonly id: string;
  readonly title: string;
}

/** Where a moment lies in a range, 0 to 1; clipped. */
export function share(time: number, range: Range): number {
  return Math.min(1, Math.max(0, (time - range.from) / (range.to - range.from)));
}

/** The bands that touch the range, clipped to it. */
export function clipped<T extends Range>(bands: readonly T[], range: Range): T[] {
  return bands
    .filter((band) => band.to > range.from && band.from < range.to)
    .map((band) => ({ ...band, from: Math.max(band.from, range.from), to: Math.min(band.to, range.to) }));
}

/** Overlapping bands as one, so that two incidents at a time are not darker than one. */
export function united(bands: readonly Range[]): Range[] {
  const sorted = [...bands].sort((a, b) => a.from - b.from);
  const result: { from: number; to: number }[] = [];
  for (const band of sorted) {
    const last = result.at(-1);
    if (last !== undefined && band.from <= last.to) last.to = Math.max(last.to, band.to);
    else result.push({ from: band.from, to: band.to });
  }
  return result;
}

/** A dragged stretch as whole buckets, at least one; in either direction. */
export function snapped(a: number, b: number, bucket: number): Range {
  const from = Math.floor(Math.min(a, b) / bucket) * bucket;
  const to = Math.ceil(Math.max(a, b) / bucket) * bucket;
  return { from, to: Math.max(to, from + bucket) };
}

/** The range twice as long around the same middle, kept within the data where that is known. */
export function zoomedOut(range: Range, extent: { first: number | null; last: number | null }): Range {
  const half = (range.to - range.from) / 2;
  const from = extent.first === null ? range.from - half : Math.max(extent.first, range.from - half);
  const to =
    extent.last === null ? range.to + half : Math.max(range.to, Math.min(extent.last, range.to + half));
  return { from: Math.min(from, range.from), to };
}
