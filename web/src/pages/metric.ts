const NAME: Record<string, string> = {
  js_distance_base2: 'JS distance',
  psi: 'population stability index',
  missing_share: 'share missing',
  invalid_share: 'share invalid',
  out_of_range_share: 'share out of range',
  new_category_share: 'share of new values',
  error_rate: 'error rate',
  error_share: 'error rate',
  accuracy: 'accuracy',
  roc_auc: 'ROC AUC',
  log_loss: 'log loss',
  brier: 'Brier score',
  mae: 'mean absolute error',
  rmse: 'root mean squared error',
  mse: 'mean squared error',
  bias: 'bias',
  f1: 'F1',
  volume: 'predictions',
  count: 'predictions',
};

const KIND: Record<string, string> = {
  drift: 'drift',
  prediction_drift: 'prediction drift',
  missing: 'missing values',
  invalid: 'invalid values',
  range: 'values out of range',
  new_category: 'new categories',
  volume: 'volume',
  freshness: 'freshness',
  error_rate: 'error rate',
  latency: 'latency',
  performance: 'quality',
};

/** Ids read as words where no better name is known: `label_coverage` → `label coverage` */
export function words(id: string): string {
  return id.replaceAll('_', ' ').trim();
}

export function metricName(id: string): string {
  return NAME[id] ?? words(id);
}

export function kindName(kind: string): string {
  return KIND[kind] ?? words(kind);
}

const SHARES = new Set(['accuracy', 'balanced_accuracy', 'precision', 'recall', 'f1']);

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
  return column;
}
