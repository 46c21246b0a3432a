import type { Grid } from '../../stats/asinh-grid.ts';

export type { Grid } from '../../stats/asinh-grid.ts';

/**
 * Additive counts of what a column looked like. Two profiles of one column merge by adding.
 * A numeric column has `grid` (index on the column's asinh grid → count), a categorical one `counts` and `other`.
 * `n` counts every row: values, missing and invalid. `sum`, `sum2`, `min` and `max` are of the values, always finite.
 */
export interface Profile {
  readonly n: number;
  readonly missing: number;
  readonly invalid: number;
  readonly sum: number;
  readonly sum2: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly grid: ReadonlyMap<number, number>;
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
}

/**
 * Profiles of columns that are not features, by the name of their row in the `profiles` table:
 * - `_prediction`, `_score`, `_latency_ms`: as any column. `_error`: counts of '' (none) and the error's class (text up to the first ':').
 * - `_confusion`: counts per `actual\u001fpredicted`, once labels arrive; `sum` counts those where both are equal, exactly.
 * - `_score|<label>`: score grid of the predictions whose label is `<label>` (binary: both labels), for the first ten of a model.
 * - `_residual`: prediction − label (regression), `_absolute_residual`: its absolute value (sum → MAE, sum2 → MSE exactly).
 * - `_error_at|<band>`: the absolute residual of predictions of that band (`answerBand`): moments, on no grid.
 * - `_percentage_error`: the absolute residual as a share of the label, of labels other than 0 (sum → MAPE); on no grid.
 * - `_label_residual`: label × residual (sum2), `_label_squared_residual`: label × residual² (sum): how labels and errors go together; on no grid.
 * - `_probabilities`: the winning one of the probabilities of classes; those that do not add up to 1 or lie outside of 0 … 1 are invalid.
 * - Of labelled predictions of several classes that have them: `_log_loss`, `_brier` (moments), `_winning|right`, `_winning|wrong` (the
 *   winning probability), `_own_probability|<label>`, `_other_probability|<label>` (log-odds of that class, of rows with and
 *   without that label, for the first ten of a model).
 * - `_class_probability|<class>`: log-odds of that class, labelled or not, of predictions with probabilities of up to ten classes, and
 *   `_said_probability|<class>` of those that were answered with it; `_own_said|<class>`, `_other_said|<class>`: of these, those with
 *   and without that label.
 * - `_shown`: how often the first ten items of lists were shown; the grid counts by the hash of the item, of SHOWN_CELLS cells.
 * - Of labelled lists of items: `_ranked|ndcg`, `_ranked|map`, `_ranked|mrr`, `_ranked|hit_rate` (moments, missing where no item was
 *   relevant), and `_random|…`: what their items in random order give on average. With another k than 10 in names of their own, `_ranked|ndcg@5`.
 * - `_label`: the labels themselves, as a numeric or categorical column; n is label coverage.
 * - `_all`: n = predictions of the bucket, nothing else.
 * - `_label_delay`: milliseconds from a prediction to its first label, on DELAY_GRID; one that was there before took none.
 * - `_label_origin`: n = labelled predictions; `counts`: whose label a person gave (`human`), which have labels that say otherwise
 *   (`contradicted`), whose first label came before them (`early`).
 * - `_outcome|<metric>`: what the business saw of the bucket's predictions. Outcomes of one prediction are one value, their sum;
 *   one without a prediction is a value of its own. `counts.not_zero`: values that are not 0. For the first ten metrics.
 * - `_outcome_band|<tenth>|<metric>`: the same, of predictions whose score lies in a tenth of the probabilities.
 * - `_outcome_delay|<metric>`: milliseconds from a prediction to its first outcome, on DELAY_GRID.
 * - `_outcomes`: n = outcomes; `counts` by metric; `other`: those of metrics without profiles of their own.
 */
export const CONFUSION_SEPARATOR = '\u001f';
export const PERCENTAGE_ERROR = '_percentage_error';
export const LABEL_RESIDUAL = '_label_residual';
export const LABEL_SQUARED_RESIDUAL = '_label_squared_residual';
export const ERROR_AT = '_error_at|';
/** Bands that answers that are numbers fall into, each half a unit of asinh wide; the outer ones are open. */
export const ANSWER_BANDS = 12;
export const BAND_CELLS = 32;
/** The band of a cell of the grid of `_prediction`. `answerBand(0)` → 6 */
export const answerBand = (cell: number): number =>
  Math.max(0, Math.min(ANSWER_BANDS - 1, Math.floor(cell / BAND_CELLS) + ANSWER_BANDS / 2));
export const CLASS_LOG_LOSS = '_log_loss';
export const CLASS_BRIER = '_brier';
export const WINNING = '_winning|';
export const OWN_PROBABILITY = '_own_probability|';
export const OTHER_PROBABILITY = '_other_probability|';
/** Of all predictions with probabilities of up to ten classes, and of those answered with the class. */
export const CLASS_PROBABILITY = '_class_probability|';
export const SAID_PROBABILITY = '_said_probability|';
/** Of labelled predictions that were answered with the class, those whose label it is and the others. */
export const OWN_SAID = '_own_said|';
export const OTHER_SAID = '_other_said|';
export const RANKED = '_ranked|';
export const RANDOM = '_random|';
export const GAINS = ['ndcg', 'map', 'mrr', 'hit_rate'] as const;
export type Gain = (typeof GAINS)[number];
export const SHOWN = '_shown';
/** Cells that items are told apart by. */
export const SHOWN_CELLS = 16_384;
/** Items of a list that count as shown, from the top. */
export const SHOWN_FIRST = 10;
/** The k that is not named in profiles. */
const PLAIN_K = 10;
/** Name of the profile of a gain of the first k items. The rank of the first relevant item has no k. `gainProfile(RANKED, 'ndcg', 5)` → '_ranked|ndcg@5' */
export const gainProfile = (prefix: string, gain: Gain, k: number): string =>
  `${prefix}${gain}${gain === 'mrr' || k === PLAIN_K ? '' : `@${k}`}`;
export const LABEL_DELAY = '_label_delay';
export const LABEL_ORIGIN = '_label_origin';
export const OUTCOME = '_outcome|';
export const OUTCOME_BAND = '_outcome_band|';
export const OUTCOME_DELAY = '_outcome_delay|';
/** The grid of all delays: a 64th of an hour wide at 0, a 64th of themselves for long ones. Milliseconds. */
export const DELAY_GRID: Grid = { center: 0, scale: 3_600_000 };

/** The numbers of an empty set of rows. */
export const EMPTY_PROFILE: Profile = {
  n: 0,
  missing: 0,
  invalid: 0,
  sum: 0,
  sum2: 0,
  min: null,
  max: null,
  grid: new Map(),
  counts: new Map(),
  other: 0,
};

/** Categories counted exactly per bucket; the rarer rest of a bucket shares `other`. */
export const TOP_CATEGORIES = 100;
/** Characters by which a category is known: longer texts that begin alike count as one. */
export const CATEGORY_LENGTH = 256;
/** Labels counted exactly per bucket in `_label`; the rest shares `other`. */
export const TOP_LABELS = 100;
/** Pairs counted exactly in `_confusion`: a model of 50 classes keeps every cell. */
export const TOP_CONFUSION = 2500;
/** Labels of a model whose scores are kept apart. */
export const SCORED_LABELS = 10;
/** Labels of a model that are told apart where a number is averaged over classes. */
export const CLASSES = 32;
/** Metrics of outcomes of a model with profiles of their own. */
export const OUTCOME_METRICS = 10;
/** Tenths of the probabilities that outcomes are told apart by. */
export const SCORE_BANDS = 10;
/** Versions of a model with profiles of their own; the rest shares one. */
export const OWN_VERSIONS = 100;
export const OTHER_VERSION = 'other';

/** Values that are there and fit the column's type: n − missing − invalid. */
export function present(profile: Pick<Profile, 'n' | 'missing' | 'invalid'>): number {
  return profile.n - profile.missing - profile.invalid;
}

/**
 * A profile as one of what its column is counted as: without the other half, where a file was counted both ways. Undefined
 * when its values were counted otherwise: such profiles cannot be compared. One without any value is of either sort. Pure.
 * `profileAs('categorical', { ...EMPTY_PROFILE, n: 1, min: 4, max: 4 })` → undefined
 */
export function profileAs(type: 'numeric' | 'categorical', profile: Profile): Profile | undefined {
  const named = profile.counts.size > 0 || profile.other > 0;
  const measured = profile.min !== null || profile.grid.size > 0;
  if (type === 'numeric') return named && !measured ? undefined : { ...profile, counts: new Map(), other: 0 };
  if (measured && !named) return undefined;
  return { ...profile, sum: 0, sum2: 0, min: null, max: null, grid: new Map() };
}

/** Source of the profiles that agents counted, merged: production as those of rows (source '') are, and added to them by whoever reads. */
export const SENT = '@agents';
/** Profiles of production, whoever counted them, as a condition. */
export const PRODUCTION = `source IN ('', '${SENT}')`;

/** Profiles of a file lie at this moment of event time, outside of every month of production. */
export const FILE_TIME = 0;
