import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { precision, recall } from '../performance/binary.ts';
import type { BinaryCounts } from '../performance/confusion.ts';

/** What happens to the members of one group, each a share with its Wilson interval or the reason why there is none. */
export interface GroupRates {
  readonly group: string;
  readonly n: number;
  /** Share that gets the positive prediction. */
  readonly selection: Outcome<Estimate>;
  /** Share of actual positives predicted so. */
  readonly truePositive: Outcome<Estimate>;
  /** Share of actual negatives predicted positive. */
  readonly falsePositive: Outcome<Estimate>;
  /** Share of actual positives missed. */
  readonly falseNegative: Outcome<Estimate>;
  /** Share of predicted positives that are. */
  readonly precision: Outcome<Estimate>;
  /** What each share is counted of. */
  readonly rows: Readonly<Record<RateName, number>>;
}

export type RateName = 'selection' | 'truePositive' | 'falsePositive' | 'falseNegative' | 'precision';

/**
 * Rates of a group from its confusion counts. Without labels only `selection` has a value: count the predictions as tn and fp.
 * @example groupRates('f', { tp: 5, fp: 5, fn: 5, tn: 85 }).selection // { value: 0.1, low: 0.055…, high: 0.174… }
 */
export function groupRates(group: string, counts: BinaryCounts): GroupRates {
  const { tp, fp, fn, tn } = counts;
  const [n, positives, negatives, flagged] = [tp + fp + fn + tn, tp + fn, fp + tn, tp + fp];
  return {
    group,
    n,
    rows: { selection: n, truePositive: positives, falsePositive: negatives, falseNegative: positives, precision: flagged }, // biome-ignore format: one record
    selection: proportion(flagged, n),
    truePositive: recall(counts),
    falsePositive: recall({ tp: fp, fn: tn, fp: tp, tn: fn }),
    falseNegative: recall({ tp: fn, fn: tp, fp: tn, tn: fp }),
    precision: precision(counts),
  };
}
