/** A training row as the reference has it. */
export interface ReferenceRow {
  readonly features: Readonly<Record<string, number | string | null>>;
  readonly prediction: number | string;
  readonly score?: number;
  readonly label: number | string;
}

/** Rows as CSV: the features, then `_prediction`, `_score` (where there is one) and `_label`. */
export function referenceCsv(rows: readonly ReferenceRow[]): string {
  const features = Object.keys(rows[0]!.features);
  const special =
    rows[0]!.score === undefined ? ['_prediction', '_label'] : ['_prediction', '_score', '_label'];
  const lines = rows.map(({ features: values, prediction, score, label }) => {
    const answers = score === undefined ? [prediction, label] : [prediction, score, label];
    return [...features.map((name) => values[name] ?? ''), ...answers].join(',');
  });
  return [[...features, ...special].join(','), ...lines, ''].join('\n');
}
