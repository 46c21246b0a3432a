import type { LakeParam } from '../../store/lake/lake.ts';
import { BY_MONTH, behind, KEY, type Known, type SignalRange, valuesIn } from './signal-range.ts';

/** Names of a series, in this order behind the values of its newest point. */
export const NAMES = [...KEY, 'layer', 'definition', 'unit'] as const;

/** Value, low, high, n, status, time (epoch ms), threshold; of all columns as one, also the column. */
export type SignalValue = [
  value: number | null,
  low: number | null,
  high: number | null,
  n: number,
  status: string,
  time: number,
  threshold: number | null,
  column?: string,
];

export interface FoldedRow {
  /** In order of time. */
  readonly points: readonly SignalValue[];
  /** In step with NAMES. */
  readonly names: readonly string[];
  /** How many values the fullest step held. */
  readonly together: number;
}

export interface FoldedShape {
  /** Milliseconds of which one value is kept, and the moment at which one of these steps begins. */
  readonly step: number;
  readonly origin: number;
  readonly known: Known;
  /** All columns of a monitor as one series. */
  readonly columns: boolean;
  /** Metrics of which the lowest value is the worst. */
  readonly lower: readonly string[];
  /** Series at most, and the one to go on behind. */
  readonly limit: number;
  readonly after: readonly string[] | undefined;
}

/** What tells the series apart: not the column, where all columns are one. */
export function keyOf(columns: boolean) {
  return KEY.filter((name) => !columns || name !== 'column');
}

/**
 * Every series with its values, at most one per step of time: the worst. With `columns` it is the worst of all columns,
 * and the column that is told is that of the newest point.
 */
export function foldedSignals(range: SignalRange, shape: FoldedShape) {
  const { step, origin: begin, known, columns, lower, limit, after } = shape;
  const source = valuesIn(range, known);
  const own = keyOf(columns);
  const place = after && behind(own, after);
  const params: Record<string, LakeParam> = {
    ...source.params,
    ...place?.params,
    step,
    origin: begin,
    limit,
    lower: [...lower],
  };
  const values = Array.from({ length: columns ? 8 : 7 }, (_, i) =>
    i < 7 ? `p.${i + 1}` : `p.${8 + KEY.indexOf('column')}`,
  ).join(', ');
  const names = NAMES.map((_, i) => `kept[1].${i + 8}`).join(', ');
  // Flat, and with few functions: for a month of values the engine spends longer on understanding the statement than on
  // answering it. groupArray over a bare Nullable leaves nulls out, so values stay in their tuples; names ride along, as
  // grouping by them costs more.
  const sql = `SELECT arrayMap(p -> tuple(${values}), kept) AS points, array(${names}) AS names, together
FROM (
  SELECT arraySort(p -> p.6, groupArray(worst)) AS kept, max(held) AS together
  FROM (
    SELECT cityHash64(${own.join(', ')}) AS series, count() AS held,
      argMax(tuple(value, low, high, n, status, toUnixTimestamp64Milli(time), threshold, ${NAMES.join(', ')}),
        ifNull(if(metric IN {lower:Array(String)}, -value, value), -1e300)) AS worst
    ${source.from} ${place ? `AND ${place.sql}` : ''}
    GROUP BY series, intDiv(toUnixTimestamp64Milli(time) - {origin:Int64}, {step:Int64})
  )
  GROUP BY series
)
ORDER BY ${own.map((name) => `names[${NAMES.indexOf(name) + 1}]`).join(', ')} LIMIT {limit:UInt64} ${BY_MONTH}`;
  const origin = { rows: source.rows, params: source.params, revision: 'known_at' };
  return { sql, params, origin };
}
