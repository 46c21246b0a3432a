import type { CheckPerformance } from '../../contract/check.ts';

/** What is told where no column of labels, predictions or scores is named. */
export const NO_PERFORMANCE: CheckPerformance = {
  task: null,
  degraded: false,
  reasons: [],
  reference: null,
  current: null,
  estimated: null,
  estimate_worth: null,
  intervals: { reference: null, current: null, estimated: null },
  worst_segments: [],
};
