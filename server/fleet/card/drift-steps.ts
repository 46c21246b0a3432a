import type { Signal } from '../../../contract/signal.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import type { DriftStep } from './card.ts';

/**
 * The column that moved most in each step of folded signals of drift, by how many times its threshold; those of segments and of
 * the whole table left out. Pure.
 */
export function worstSteps(signals: readonly Signal[], bucketMs: number): DriftStep[] {
  const worst = new Map<number, DriftStep & { readonly times: number }>();
  for (const { points, fold, column, segment, metric, threshold } of signals) {
    if (column === '' || segment !== '') continue;
    const step = fold?.step_ms ?? bucketMs;
    for (const { time, value, n } of points) {
      if (value === null) continue;
      const start = Math.floor(epochMs(time) / step) * step;
      const times = value / (threshold ?? 1);
      if (times <= (worst.get(start)?.times ?? 0)) continue;
      worst.set(start, { from: rfc3339(start), column, metric, value, threshold, n, times });
    }
  }
  return [...worst].sort(([a], [b]) => a - b).map(([, { times: _, ...step }]) => step);
}
