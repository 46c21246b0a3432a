import type { MetricRow } from './metric-row.ts';

const STREAM = 'a series of numbers with their times; each is judged by those before it alone';
const NOT_FINITE = 'Values that are not finite change nothing.';

/** What is unusual in a series. */
export const ANOMALY_METRICS: readonly MetricRow[] = [
  [
    'surprise',
    'Surprise',
    'anomaly/surprise.ts',
    'surprises(times, values, { stepMs, seasons })',
    STREAM,
    'how far the furthest of three aspects lies outside all that it has been, in margins: the level (a tenth of its range), what is left beside the median of the same time in earlier periods (a fifth), how much it moves (half, on a scale of ratios); the first two as means of 1, 6 and 24 values. The newest 24 are not part of the range',
    '0 within all that was seen; above its level an anomaly. The level is 1, more for 100 values after an anomaly, so that what goes on is told once',
    'none: the margin decides',
    'Nothing is told of the first 30 values, of a season in its first two periods. Where nothing ever moved, whatever differs is an anomaly. NaN and ±∞ change nothing.',
    'own; scored on the Numenta Anomaly Benchmark (npm run bench:nab)',
  ],
  [
    'forecast',
    'Forecast with interval',
    'anomaly/forecast.ts',
    'forecasts(times, values, { stepMs, seasons, share })',
    STREAM,
    'the median of the same time in up to 28 earlier periods, or of the newest 12 values, whichever was nearer so far',
    'the values’ own unit',
    '95 % unless said otherwise: quantiles of its own errors so far (split conformal)',
    `Undefined until forty errors are known. ${NOT_FINITE}`,
    'Vovk, Gammerman and Shafer 2005',
  ],
  [
    'change_points',
    'Bayesian online change points',
    'anomaly/change-points.ts',
    'changePoints(state, x, { between, mean, worth, shape, scale, most })',
    'a stream of numbers, one at a time',
    'how probable each length of the run since the last change is, for normal values of unknown mean and variance; changedWithin(state, k) is the chance that it is at most k',
    'probabilities; state: plain JSON, at most 500 runs',
    'none: it is a distribution',
    `What no run allows begins a new one. ${NOT_FINITE}`,
    'Adams and MacKay 2007; bayesian-changepoint-detection',
  ],
  [
    'isolation',
    'Isolation forest',
    'anomaly/isolation-forest.ts',
    'isolation(isolationForest(rows, random), row)',
    'rows of one number per signal, all finite',
    '2^(−mean depth at which random cuts part the row from others / usual depth)',
    '0 to 1: 0.5 is as most rows, towards 1 lies apart',
    'none',
    '0.5 without rows, and where all rows are equal.',
    'Liu, Ting and Zhou 2008; scikit-learn IsolationForest',
  ],
  [
    'suggest_thresholds',
    'Suggested thresholds',
    'anomaly/suggest-thresholds.ts',
    'suggestThresholds(values, stepMs, perMonth)',
    'a series of numbers in even steps, NaN where nothing is known',
    'extremes of whole days, without as many of the furthest as false alarms are allowed for, and a tenth of the range more',
    'the values’ own unit',
    'none',
    'Fewer than seven days of values are not_enough_data, a series that never moved is constant.',
    'block maxima; own margin',
  ],
];
