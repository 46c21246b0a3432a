/** Values a grid is computed from, at most. */
export const SAMPLE = 2000;

/**
 * Per named expression: how many values there are, the first bucket that has one, and (`withReceived`, else 0) when the
 * first was received. Reads only which values are NULL. Parameters: those of `rows`, and names. `rows` has `bucket`, `received` and what
 * `values` name.
 */
export function firstValues(rows: string, values: readonly string[], withReceived: boolean): string {
  const received = (sql: string) => (withReceived ? `minIf(received, ${sql} IS NOT NULL)` : 'toInt64(0)');
  const facts = values.map((sql) => `(count(${sql}), ${received(sql)}, minIf(bucket, ${sql} IS NOT NULL))`);
  return `SELECT name, fact.1 AS n, fact.2 AS received, fact.3 AS bucket
FROM (SELECT [${facts.join(', ')}] AS facts FROM (${rows}))
ARRAY JOIN facts AS fact, {names:Array(String)} AS name`;
}

export interface FirstValues {
  readonly name: string;
  readonly n: number;
  /** Epoch ms; meaningless when n is 0, like `bucket`. */
  readonly received: number;
  readonly bucket: number;
}

/**
 * A sample of each named number's values. Parameters: those of `rows`, names, and every: one moment in `every` is read,
 * so that millions of rows cost little.
 */
export function valueSample(rows: string, values: readonly string[]): string {
  const samples = values.map((sql) => `groupArraySample(${SAMPLE}, 1)(${sql})`);
  return `SELECT name, sample
FROM (SELECT [${samples.join(', ')}] AS samples FROM (${rows}))
ARRAY JOIN samples AS sample, {names:Array(String)} AS name`;
}

/** The rows of `valueSample`: picked by their moment, the same ones every time. */
export const SAMPLED_ROWS = 'intHash32(toUnixTimestamp64Milli(_time)) % {every:UInt32} = 0';
