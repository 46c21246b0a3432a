import { BUCKET, IN_BUCKETS } from './table.ts';

/** Name of the k-th column of `predictionRows`. Features may be called anything, so their own names go no further. */
export const valueName = (k: number): string => `_value${k}`;

/**
 * Predictions as the roll-up statements read them: `bucket`, `version`, `received`, `misfit` (names of the columns whose
 * value did not fit) and the columns, as valueName(0), valueName(1) … Parameters: bucket_ms, and from, to, buckets for
 * the default `where`.
 */
export function predictionRows(
  table: string,
  columns: readonly string[],
  where: string = IN_BUCKETS,
): string {
  const select = [
    `${BUCKET} AS _bucket`,
    'toUnixTimestamp64Milli(_received_at) AS _received',
    'mapKeys(_misfit) AS _misfits',
    ...columns.map((column, k) => `${column} AS ${valueName(k)}`),
  ];
  const values = columns.map((_, k) => valueName(k));
  const names = [
    '_bucket AS bucket',
    '_version AS version',
    '_received AS received',
    '_misfits AS misfit',
    ...values,
  ];
  return `SELECT ${names.join(', ')} FROM (SELECT _version, ${select.join(', ')} FROM ${table} WHERE ${where})`;
}

/**
 * Predictions that have a label, joined to the current one: `label` is its text, `label_number` its number if it is one,
 * `received` when it came. Parameters: model and those of predictionRows.
 */
export function labelledRows(table: string, columns: readonly string[], where: string = IN_BUCKETS): string {
  const select = ['_id', `${BUCKET} AS bucket`, '_version AS version', ...columns];
  const wanted = ['bucket', 'version', 'received', 'label', 'label_number', ...columns];
  return `SELECT ${wanted.join(', ')}, CAST([], 'Array(String)') AS misfit
    FROM (SELECT ${select.join(', ')} FROM ${table} WHERE ${where}) AS predictions
    INNER JOIN (
      SELECT id, label, label_number, toUnixTimestamp64Milli(received_at) AS received
      FROM tiltmeter.labels FINAL
      WHERE model = {model:String} AND id IN (SELECT _id FROM ${table} WHERE ${where})
    ) AS labels ON predictions._id = labels.id`;
}

/** Whether a model has any label. Parameter: model. */
export const ANY_LABEL = 'SELECT 1 AS found FROM tiltmeter.labels WHERE model = {model:String} LIMIT 1';

/** Whether any prediction at hand has a label. Parameters: those of labelledRows. */
export function labelOfBuckets(table: string): string {
  return `SELECT 1 AS found FROM tiltmeter.labels
WHERE model = {model:String} AND id IN (SELECT _id FROM ${table} WHERE ${IN_BUCKETS}) LIMIT 1`;
}
