import type { MonitorKind } from '../../contract/signal.ts';

export interface Explanation {
  /** What is measured and when it counts as a breach. */
  readonly decides: string;
  /** What usually is behind it. */
  readonly behind: readonly string[];
  readonly todo: string;
}

export const EXPLANATIONS: Record<MonitorKind, Explanation> = {
  drift: {
    decides:
      'The distribution of a feature over the trailing window is compared with its reference: the Jensen–Shannon distance (base 2) on bins that were frozen from the reference, with missing, invalid, out-of-range and new values as bins of their own, less the distance that chance alone gives at these sample sizes. It breaches when the lower bound of the distance passes the threshold, so a thousand and ten million rows of the same shift get the same verdict. It is clear again below four fifths of the threshold.',
    behind: [
      'other users, products or regions than those the model was trained on',
      'a season',
      'a change upstream: unit, encoding, source',
    ],
    todo: 'Open the column and compare the two distributions. A shift of an important feature together with lost quality means: train again. A shift alone is a ticket and pages nobody.',
  },
  prediction_drift: {
    decides:
      'As input drift, of what the model answers: the prediction, or the score where it sends no prediction. It needs no labels, and is often the first thing to be seen.',
    behind: [
      'input drift of features that matter',
      'a new version of the model',
      'a change of what comes in that no single feature shows',
    ],
    todo: 'Look at the most important features that drifted in the same time, and at deployments on the time axis.',
  },
  missing: {
    decides:
      'The share of rows in which a feature is null or absent, against the reference. It breaches when the lower bound of the increase (Newcombe) passes the threshold. A large jump is seen within a bucket; a small steady one as soon as there is evidence for it.',
    behind: [
      'a source that stopped delivering',
      'a join that no longer finds its partner',
      'a field that was renamed',
    ],
    todo: 'Ask the owner of the source since when. The model still answers, on whatever it does with missing values.',
  },
  invalid: {
    decides:
      'The share of rows whose value does not fit the type of the column (text where numbers are expected), against the reference. The values are kept beside the column and can be read in each record.',
    behind: [
      'another format (`"1,5"` for `1.5`)',
      'an error text where a number belongs',
      'a changed schema upstream',
    ],
    todo: 'Open some records: the values are shown as they were sent.',
  },
  range: {
    decides:
      'The share of rows below the smallest or above the largest value of the reference, against what the reference itself has.',
    behind: ['a changed unit', 'a broken sensor', 'users of a kind that the training data does not have'],
    todo: 'Trees answer with their outermost leaf out there, linear models extrapolate: in both cases nobody has checked these answers.',
  },
  new_category: {
    decides:
      'The share of rows with a category that the reference does not list. Where the reference has more categories than a profile lists, new and rare ones are compared together.',
    behind: ['a renamed category', 'a new product, region or device', 'another spelling or letter case'],
    todo: 'A renamed category is mended upstream. A truly new one means that the model has never learned it.',
  },
  volume: {
    decides:
      'Predictions per bucket against the same hours of the last four weeks: the median, with the spread of those weeks. With less than two weeks of history it compares with the same hours of the days before, and then only a very large change counts. Buckets with little expected are judged together.',
    behind: [
      'a caller that lost its way to the model',
      'a retry storm',
      'an outage in front of the model',
      'a holiday',
    ],
    todo: 'Few predictions with few errors means that the callers do not arrive: look in front of the model.',
  },
  freshness: {
    decides:
      'The time since the last prediction against the gaps that this model usually has (the longest that happened at least twice in the last weeks, so nights and weekends are expected). Only for models whose event time follows the wall clock: a replay of the past has no freshness.',
    behind: ['the service is down', 'the sender lost its key or its network', 'a batch job did not run'],
    todo: 'Look at the service first, then at the rejects and at the last use of its key.',
  },
  error_rate: {
    decides:
      'The share of predictions with an `error`, against the reference; where the reference has none, none are expected.',
    behind: [
      'a dependency of the service that fails',
      'input that the service does not accept',
      'a broken version',
    ],
    todo: 'The errors are grouped by their class, the text before the first colon. The newest deployment is the first suspect.',
  },
  latency: {
    decides:
      'Median, 95th and 99th percentile of `latency_ms` against the reference. It breaches when the lower bound of the percentile passes the upper bound at the reference by more than the threshold and by at least a millisecond. Without latencies in the reference the first window of the model stands in.',
    behind: ['more load than capacity', 'a larger model', 'a slow feature store'],
    todo: 'A slow median is capacity or the model; a slow 99th percentile alone is queues, garbage collection or single large inputs.',
  },
  performance: {
    decides:
      'The headline metric of the task over the trailing window, once the labels of a bucket are in (`label_delay_ms`): ROC AUC or accuracy for two classes, accuracy for more, mean absolute error for numbers. It breaches when the interval of the loss, against the reference or against the first labelled weeks, passes the threshold. Labels that arrive later correct the past; what was known when stays readable.',
    behind: [
      'the world changed (concept drift)',
      'input drift into regions the model never learned',
      'broken inputs',
      'broken labels',
    ],
    todo: 'Look at the drift of the same time first. If the inputs are as before, the relation between input and answer changed: train again on recent data.',
  },
};
