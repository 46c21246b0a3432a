/** Values a grid is computed from, at most. */
export const SAMPLE = 2000;

/** Per named expression how many values there are. Reads only which values are NULL. Parameters: those of `rows`, and names. */
export function valueCounts(rows: string, values: readonly string[]): string {
  return `SELECT name, n
FROM (SELECT [${values.map((sql) => `count(${sql})`).join(', ')}] AS ns FROM (${rows}))
ARRAY JOIN ns AS n, {names:Array(String)} AS name`;
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
export const sampled = (time: string) => `intHash32(toUnixTimestamp64Milli(${time})) % {every:UInt32} = 0`;
