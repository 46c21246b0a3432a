/** Points of a chart, at most. */
export const MOST_POINTS = 400;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((days) => days * DAY),
];

/**
 * The step of a chart over a range: at least `wanted`, whole buckets, and few enough points to draw.
 * `stepOf(30 * DAY, 3_600_000)` → 7_200_000
 */
export function stepOf(rangeMs: number, bucketMs: number, wanted = 0): number {
  const least = Math.max(bucketMs, wanted, rangeMs / MOST_POINTS);
  const round = STEPS.find((step) => step >= least && step % bucketMs === 0);
  const exact = Math.ceil(least / bucketMs) * bucketMs;
  return round !== undefined && round <= 3 * exact ? round : exact;
}
