/** What runs of training call the metrics that are told here, the word in front or behind left out. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  accuracy: ['accuracy', 'accuracy_score', 'acc'],
  roc_auc: ['roc_auc', 'roc_auc_score', 'auc', 'auroc'],
  pr_auc: ['pr_auc', 'average_precision', 'average_precision_score', 'precision_recall_auc'],
  log_loss: ['log_loss'],
  brier: ['brier', 'brier_score', 'brier_score_loss', 'brier_loss'],
  f1: ['f1', 'f1_score'],
  precision: ['precision', 'precision_score'],
  recall: ['recall', 'recall_score'],
  mae: ['mae', 'mean_absolute_error'],
  rmse: ['rmse', 'root_mean_squared_error'],
  mape: ['mape', 'mean_absolute_percentage_error'],
  r2: ['r2', 'r2_score'],
};

/** Of which rows it was measured: those that the model has not seen promise most, those that it learned from least. */
const ROWS = ['test', 'holdout', 'eval', 'evaluation', 'validation', 'valid', 'val', '', 'training', 'train'];

/**
 * What training promised of a metric: of rows that the model had not seen where the run says so, under the name that the run gave it; null where it
 * measured nothing like it. Pure.
 * @example promisedOf('roc_auc', { training_roc_auc: 0.99, val_auc: 0.91 }) // { name: 'val_auc', value: 0.91 }
 */
export function promisedOf(
  metric: string,
  metrics: Readonly<Record<string, number>>,
): { readonly name: string; readonly value: number } | null {
  const bare = new Map(
    Object.keys(metrics).map((name) => [name.toLowerCase().replace(/[^a-z0-9]+/g, '_'), name]),
  );
  for (const rows of ROWS) {
    for (const word of NAMES[metric] ?? [metric]) {
      const forms = rows === '' ? [word] : [`${rows}_${word}`, `${word}_${rows}`];
      const name = forms.map((form) => bare.get(form)).find((one) => one !== undefined);
      if (name !== undefined) return { name, value: metrics[name]! };
    }
  }
  return null;
}
