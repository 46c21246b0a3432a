import { exactProportion, proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { precision, recall } from '../performance/binary.ts';
import type { BinaryCounts } from '../performance/confusion.ts';

/** What happens to the members of one group, each a share with its Wilson interval (of fewer than five rows the exact one) or the reason why there is none. */
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
}

export type RateName = 'selection' | 'truePositive' | 'falsePositive' | 'falseNegative' | 'precision';

/**
 * Rates of a group from its confusion counts. Without labels only `selection` has a value: count the predictions as tn and fp.
 * @example groupRates('f', { tp: 5, fp: 5, fn: 5, tn: 85 }).selection // { value: 0.1, low: 0.055…, high: 0.174… }
 */
export function groupRates(group: string, counts: BinaryCounts): GroupRates {
  const { tp, fp, fn, tn } = counts;
  const n = tp + fp + fn + tn;
  return {
    group,
    n,
    selection: proportion(tp + fp, n),
    truePositive: counted(recall(counts), tp, tp + fn),
    falsePositive: counted(recall({ tp: fp, fn: tn, fp: tp, tn: fn }), fp, fp + tn),
    falseNegative: counted(recall({ tp: fn, fn: tp, fp: tn, tn: fp }), fn, tp + fn),
    precision: counted(precision(counts), tp, tp + fp),
  };
}

/** Of so few that Wilson's interval holds too rarely. */
const FEW = 5;

function counted(share: Outcome<Estimate>, k: number, n: number): Outcome<Estimate> {
  return 'value' in share && n < FEW ? exactProportion(k, n) : share;
}
