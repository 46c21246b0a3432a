const NAME: Record<string, string> = {
  js_distance_base2: 'JS distance',
  psi: 'population stability index',
  missing_share: 'share missing',
  invalid_share: 'share invalid',
  out_of_range_share: 'share out of range',
  new_category_share: 'share of new values',
  error_share: 'error rate',
  accuracy: 'accuracy',
  roc_auc: 'ROC AUC',
  pr_auc: 'PR AUC',
  lift: 'lift of the best tenth',
  mcc: 'Matthews correlation',
  log_loss: 'log loss',
  brier: 'Brier score',
  ece: 'expected calibration error',
  mae: 'mean absolute error',
  rmse: 'root mean squared error',
  mse: 'mean squared error',
  r2: 'R²',
  bias: 'bias',
  f1: 'F1',
  ndcg: 'NDCG@k',
  map: 'MAP@k',
  mrr: 'mean reciprocal rank',
  hit_rate: 'hit rate@k',
  hold_accuracy: 'accuracy on the hold',
  hold_mae: 'mean absolute error on the hold',
  count: 'predictions',
  per_prediction: 'sum per prediction',
  per_outcome: 'mean of outcomes',
  impact: 'value per labelled prediction',
};

/** Ids read as words where no better name is known: `label_coverage` → `label coverage` */
export function words(id: string): string {
  return id.replaceAll('_', ' ').trim();
}

export function metricName(id: string): string {
  return NAME[id] ?? words(id);
}

const SHARES = new Set(['accuracy', 'balanced_accuracy', 'precision', 'recall', 'f1', 'conversion']);

/** Unit of a metric that comes without one. */
export function metricUnit(id: string): string {
  if (/^p\d\d$/.test(id)) return 'ms';
  if (id === 'age') return 's';
  return SHARES.has(id) || /_(share|rate)$/.test(id) ? 'share' : '';
}

/** `_prediction` is "the prediction" to people. */
export function columnName(column: string): string {
  if (column === '_prediction' || column === '') return 'prediction';
  if (column === '_score') return 'score';
  if (column === '_probabilities') return 'winning probability';
  if (column === '_label') return 'label';
  if (column === '_latency_ms') return 'answer time';
  if (hasNoPage(column)) return column.replace(WATCHED, '').replace(OUTCOME, '');
  return column;
}

/** Profiles of what the business saw, which have no page of their own. */
const OUTCOME = '_outcome|';

/** Signals that an anomaly was looked for in: as `_series|volume/count`. */
export const WATCHED = '_series|';

/** Whether what stands in the place of a column is none that has a page. */
export const hasNoPage = (column: string) => column.startsWith(OUTCOME) || column.startsWith(WATCHED);

/** `share missing` → `Share missing` */
export function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
