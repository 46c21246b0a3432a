import type { Traffic } from '../../api/types.ts';
import type { Point } from '../../charts/series.ts';

/**
 * Traffic as points of predictions per bucket, the mean where a point stands for several. The bucket that is filling says
 * so: it is no drop.
 */
export function trafficPoints({ points, step_ms, filling }: Traffic, bucketMs: number): Point[] {
  const buckets = step_ms / bucketMs;
  const open = filling === null ? null : Date.parse(filling);
  return points.map(({ time, n }) => {
    const at = Date.parse(time);
    const fills = open !== null && open >= at && open < at + step_ms;
    return { time: at, value: n / buckets, low: null, high: null, n, status: fills ? 'filling' : 'ok' };
  });
}
