import type { CheckSettings, ColumnSettings, Decision } from './settings.ts';

/** Settings of Evidently's data drift metrics and preset; the older names end in `stattest`, the newer in `method`. */
export type EvidentlyFile = Readonly<Record<string, unknown>>;

/** Whether a file has one of Evidently's settings. */
export function isEvidently(content: EvidentlyFile): boolean {
  return Object.keys(content).some((key) =>
    /^((num|cat|text|all_features|per_column|per_feature)_)?(stattest|method)(_threshold)?$|^(num|cat|per_column)_threshold$|^drift_share$/.test(
      key,
    ),
  );
}

/** Evidently's tests and thresholds, for all columns, by type, and by column; its own definitions decide. */
export function evidentlySettings(file: EvidentlyFile): CheckSettings {
  const all = decision(file, '');
  const perColumn = {
    tests: table(file.per_column_method ?? file.per_column_stattest ?? file.per_feature_stattest),
    thresholds: table(
      file.per_column_threshold ?? file.per_column_stattest_threshold ?? file.per_feature_threshold,
    ),
  };
  const names = new Set([...Object.keys(perColumn.tests), ...Object.keys(perColumn.thresholds)]);
  const columns = [...names].map((name): [string, ColumnSettings] => [
    name,
    {
      ...text('test', perColumn.tests[name]),
      ...number('threshold', perColumn.thresholds[name]),
    },
  ]);
  const mapping = table(file.column_mapping);
  return {
    as: 'evidently',
    numeric: { ...all, ...decision(file, 'num_') },
    categorical: { ...all, ...decision(file, 'cat_') },
    columns: Object.fromEntries(columns),
    ...text('label', mapping.target),
    ...text('prediction', mapping.prediction),
    ...text('time', mapping.datetime),
    notes:
      'drift_share' in file
        ? ['drift_share has no counterpart: every column that drifts fails, and is named']
        : [],
  };
}

function decision(file: EvidentlyFile, kind: string): Decision {
  return {
    ...text('test', file[`${kind}method`] ?? file[`${kind}stattest`]),
    ...number('threshold', file[`${kind}threshold`] ?? file[`${kind}stattest_threshold`]),
  };
}

function text<Key extends string>(key: Key, value: unknown) {
  return (typeof value === 'string' ? { [key]: value } : {}) as { readonly [K in Key]?: string };
}

function number<Key extends string>(key: Key, value: unknown) {
  return (typeof value === 'number' ? { [key]: value } : {}) as { readonly [K in Key]?: number };
}

function table(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
