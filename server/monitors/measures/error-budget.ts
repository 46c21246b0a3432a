import type { Measurement } from '../../signals/measurement.ts';
import type { Settings } from '../kind.ts';
import { type MetricMeta, reasonOf, unjudged } from '../kind.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What an objective is of. */
const PERIOD_MS = 28 * DAY;

/** A budget that burns so many times as fast as it may, over a long window and still over a short one, is told. */
interface BurnWindows {
  readonly longMs: number;
  readonly shortMs: number;
  readonly factor: number;
}

/**
 * Two of a hundred of a month's budget in an hour, five in six hours, ten in three days; the short windows make an alert end soon after its cause.
 * Source: Beyer et al. 2018, "The Site Reliability Workbook", chapter 5, table 5-8.
 */
const WINDOWS: readonly BurnWindows[] = [
  { longMs: HOUR, shortMs: 5 * MINUTE, factor: 14.4 },
  { longMs: 6 * HOUR, shortMs: 30 * MINUTE, factor: 6 },
  { longMs: 3 * DAY, shortMs: 6 * HOUR, factor: 1 },
];

/** Exactly as many as may be is not too many. */
const ROUNDING = 1e-9;

export const BUDGET_METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'burn_rate', title: 'burn rate of the error budget', unit: 'times' },
    ...{ definition: 'burn_rate@1', worse: 'higher' },
  },
  {
    ...{ id: 'budget_left', title: 'error budget that is left', unit: 'share' },
    ...{ definition: 'budget_left@1', worse: 'lower' },
  },
];

/** How many there were in a run of buckets, and how many of them were bad. */
export type Outcomes = (from: number, to: number) => { readonly n: number; readonly bad: number };

/**
 * What bucket `index` shows of an objective, the share of good ones that `threshold` is. `burn_rate`: the furthest of three pairs of windows, as a multiple of
 * what is told: it breaches above 1. `budget_left`: the share of what may be bad in 28 days that was not used; below 0 it breaches. Windows shorter than a bucket are one.
 */
export function errorBudget(
  of: Outcomes,
  index: number,
  bucketMs: number,
  { metric, threshold: objective, minN }: Settings,
): Measurement {
  const budget = 1 - objective;
  const over = (ms: number) => {
    const buckets = Math.max(1, Math.round(ms / bucketMs));
    const { n, bad } = of(Math.max(0, index + 1 - buckets), index + 1);
    return { n, buckets, burn: n === 0 ? 0 : bad / n / budget };
  };
  if (metric === 'budget_left') {
    const { n, buckets, burn } = over(PERIOD_MS);
    if (n < minN) return unjudged('not_enough_data', 'too_few_predictions', n);
    return told(1 - burn, n, buckets, 0, burn > 1 + ROUNDING, 'below_threshold');
  }
  const pairs = WINDOWS.map(({ longMs, shortMs, factor }) => {
    const [long, short] = [over(longMs), over(shortMs)];
    return { n: long.n, buckets: long.buckets, value: Math.min(long.burn, short.burn) / factor };
  }).filter(({ n }) => n >= minN);
  if (pairs.length === 0)
    return unjudged('not_enough_data', 'too_few_predictions', over(WINDOWS.at(-1)!.longMs).n);
  const { value, n, buckets } = pairs.reduce((a, b) => (b.value > a.value ? b : a));
  return told(value, n, buckets, 1, value > 1 + ROUNDING, 'above_threshold');
}

function told(
  value: number,
  n: number,
  window: number,
  threshold: number,
  breaches: boolean,
  reason: string,
): Measurement {
  const verdict = breaches ? 'breach' : 'clear';
  return {
    ...{ value, low: value, high: value, n, window, threshold, baseline: null, status: 'ok', verdict },
    reason: breaches ? reason : reasonOf(verdict),
  };
}

/** `The error budget burns 8.2 times as fast as is told` */
export function phraseBudget(of: string, metric: string, value: number | null): string {
  if (value === null) return `The error budget of ${of} is in danger`;
  if (metric === 'budget_left') return `The error budget of ${of} is used up`;
  return `The error budget of ${of} burns too fast: ${Number(value.toPrecision(2))} times what is told`;
}
