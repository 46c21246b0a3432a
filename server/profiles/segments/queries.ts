import { ARRIVED, inBuckets } from '../roll-up/queries/table.ts';

/** The most frequent of some texts among what arrived, one array per text. Parameters: since, until, bucket_ms, from, to, buckets, and those of the texts. */
export function frequentValues(table: string, texts: readonly string[], most: number): string {
  const tops = texts.map((text) => `arrayMap(v -> v.1, approx_top_k(${most}, ${100 * most})(${text}))`);
  return `SELECT [${tops.join(', ')}] AS tops FROM ${table} WHERE ${ARRIVED} AND ${inBuckets('_time')}`;
}

/** How many numbers a column has, the least of them and its quartiles. */
export const quartiles = (table: string, column: string) =>
  `SELECT count(${column}) AS n, min(${column}) AS least, quantiles(0.25, 0.5, 0.75)(${column}) AS cuts FROM ${table}`;
