import type { LakeParam } from '../../store/lake/lake.ts';

/** Which signals of a model; filters that are absent match all. */
export interface SignalRange {
  readonly model: string;
  readonly from: number;
  readonly to: number;
  readonly monitor?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly metric?: string | undefined;
  readonly layer?: string | undefined;
  readonly column?: string | undefined;
  readonly segment?: string | undefined;
  readonly version?: string | undefined;
}

/** Names of a series, in this order behind the values of its newest point. */
export const SERIES = [
  'column',
  'monitor',
  'kind',
  'metric',
  'layer',
  'segment',
  'version',
  'definition',
  'unit',
] as const;

/** Value, low, high, n, status, time (epoch ms), threshold; folded, also the column. */
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

export interface SignalRow {
  /** In order of time. */
  readonly points: readonly SignalValue[];
  /** In step with SERIES. */
  readonly names: readonly string[];
}

const FILTERS = ['monitor', 'metric', 'layer', 'column', 'segment', 'version'] as const;
/** Metrics of which the lowest value is the worst: that is what is kept of a step. */
const LOW_IS_WORST = "('accuracy', 'roc_auc', 'count')";
const NAMES = SERIES.join(', ');

export interface SignalShape {
  /** Milliseconds of which one value is kept. */
  readonly step: number;
  readonly known: 'now' | 'then';
  /** All columns of a monitor as one series. */
  readonly fold: boolean;
}

/**
 * Every series with its values, at most one per step of time: the worst. Folded, it is the worst of all columns, and
 * `column` is the one that was worst last. Values of quality that were computed again as labels came are told apart by
 * `known`: the newest, or the first that was judged. Everything else is computed once (twice the same when a server
 * died), so that the costly look at `known_at` is left out.
 */
export function signalsQuery(range: SignalRange, { step, known, fold }: SignalShape) {
  const params: Record<string, LakeParam> = { model: range.model, from: range.from, to: range.to, step };
  const where = ['model = {model:String}'];
  if (range.kind !== undefined) {
    where.push('kind IN {kind:Array(String)}');
    params.kind = [...range.kind];
  }
  for (const filter of FILTERS) {
    const value = range[filter];
    if (value === undefined) continue;
    where.push(`${filter} = {${filter}:String}`);
    params[filter] = value;
  }
  where.push("time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')");
  where.push("time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')");
  const condition = where.join(' AND ');
  const once = `SELECT ${NAMES}, time, value, low, high, n, status, threshold
    FROM tiltmeter.signals WHERE ${condition} AND kind != 'performance'`;
  const pick = known === 'now' ? 'argMax' : 'argMin';
  // What was late when first computed had no value: "then" is the first time it had one.
  const order = known === 'now' ? 'known_at' : "tuple(status = 'labels_not_mature', known_at)";
  const again = `SELECT ${NAMES}, time, found.1 AS value, found.2 AS low, found.3 AS high, found.4 AS n,
      found.5 AS status, found.6 AS threshold
    FROM (
      SELECT ${NAMES}, time, ${pick}(tuple(value, low, high, n, status, threshold), ${order}) AS found
      FROM tiltmeter.signals WHERE ${condition} AND kind = 'performance'
      GROUP BY ${NAMES}, time
    )`;
  const wanted = (performance: boolean) =>
    range.kind === undefined || range.kind.some((kind) => (kind === 'performance') === performance);
  const kinds = [...(wanted(false) ? [once] : []), ...(wanted(true) ? [again] : [])].join(' UNION ALL ');
  const series = ['kind', 'metric', 'monitor', 'segment', 'version', ...(fold ? [] : ['column'])];
  const values = Array.from({ length: fold ? 8 : 7 }, (_, i) => `p.${i + 1}`).join(', ');
  const names = SERIES.map((_, i) => `kept[1].${i + 8}`).join(', ');
  // Flat, and with few functions: for a month of values the engine spends longer on understanding the statement than on
  // answering it. groupArray over a bare Nullable leaves nulls out, so values stay in their tuples; names ride along, as
  // grouping by them costs more.
  const sql = `SELECT arrayMap(p -> tuple(${values}), kept) AS points, array(${names}) AS names
FROM (
  SELECT arraySort(p -> p.6, groupArray(worst)) AS kept
  FROM (
    SELECT cityHash64(${series.join(', ')}) AS series,
      argMax(tuple(value, low, high, n, status, toUnixTimestamp64Milli(time), threshold, ${NAMES}),
        ifNull(if(metric IN ${LOW_IS_WORST}, -value, value), -1e300)) AS worst
    FROM (${kinds})
    GROUP BY series, intDiv(toUnixTimestamp64Milli(time), {step:Int64})
  )
  GROUP BY series
)`;
  return { sql, params };
}
