/** Values a grid is computed from, at most. */
const SAMPLE = 2000;

export interface Sampled {
  readonly sql: string;
  /** Numbers are sampled; of categories only the first bucket is wanted. */
  readonly numeric: boolean;
}

/**
 * Per named expression: how many values there are, a sample of them, when the first was received and the first bucket
 * that has one. Parameters: those of `rows`, and names. `rows` has `bucket`, `received` and what `values` name.
 */
export function gridSample(rows: string, values: readonly Sampled[]): string {
  return `SELECT name, stat.1 AS n, stat.2 AS sample, stat.3 AS received, stat.4 AS bucket
FROM (SELECT [${values.map(statistics).join(', ')}] AS stats FROM (${rows}))
ARRAY JOIN stats AS stat, {names:Array(String)} AS name`;
}

function statistics({ sql, numeric }: Sampled): string {
  const sample = numeric ? `groupArraySample(${SAMPLE}, 1)(${sql})` : "CAST([], 'Array(Float64)')";
  return `(count(${sql}), ${sample}, minIf(received, ${sql} IS NOT NULL), minIf(bucket, ${sql} IS NOT NULL))`;
}

export interface GridSample {
  readonly name: string;
  readonly n: number;
  readonly sample: number[];
  /** Epoch ms; meaningless when n is 0. */
  readonly received: number;
  readonly bucket: number;
}
