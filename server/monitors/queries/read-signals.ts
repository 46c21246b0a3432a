import type { LakeParam } from '../../store/lake/lake.ts';

/** Which signals of a model; filters that are absent match all. */
export interface SignalRange {
  readonly model: string;
  readonly from: number;
  readonly to: number;
  readonly monitor?: string | undefined;
  readonly kind?: string | undefined;
  readonly metric?: string | undefined;
  readonly layer?: string | undefined;
  readonly column?: string | undefined;
  readonly segment?: string | undefined;
  readonly version?: string | undefined;
}

export interface SignalRow {
  readonly monitor: string;
  readonly kind: string;
  readonly metric: string;
  readonly layer: string;
  readonly column: string;
  readonly segment: string;
  readonly version: string;
  readonly definition: string;
  readonly unit: string;
  readonly threshold: number | null;
  readonly times: number[];
  readonly value: (number | null)[];
  readonly low: (number | null)[];
  readonly high: (number | null)[];
  readonly n: number[];
  readonly status: string[];
}

const FILTERS = ['monitor', 'kind', 'metric', 'layer', 'column', 'segment', 'version'] as const;
/** Metrics of which the lowest value is the worst: that is what is kept of a step. */
const LOW_IS_WORST = "('accuracy', 'roc_auc', 'count')";
const SERIES = ['monitor', 'kind', 'metric', 'layer', 'column', 'segment', 'version', 'definition', 'unit'];
const NAMES = SERIES.join(', ');

/**
 * Every series with its values, at most one per step of time: the worst. Values of quality that were computed again as
 * labels came are told apart by `known`: the newest, or the first that was judged. Everything else is computed once
 * (twice the same when a server died), so that the costly look at `known_at` is left out.
 */
export function signalsQuery(range: SignalRange, step: number, known: 'now' | 'then') {
  const params: Record<string, LakeParam> = { model: range.model, from: range.from, to: range.to, step };
  const where = ['model = {model:String}'];
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
  const kinds =
    range.kind === undefined ? `${once} UNION ALL ${again}` : range.kind === 'performance' ? again : once;
  // groupArray over a bare Nullable leaves nulls out, so values stay in their tuples until they are in order.
  const sql = `SELECT ${NAMES},
  arrayMap(p -> p.6, points) AS times, arrayMap(p -> p.1, points) AS value, arrayMap(p -> p.2, points) AS low,
  arrayMap(p -> p.3, points) AS high, arrayMap(p -> p.4, points) AS n, arrayMap(p -> p.5, points) AS status,
  -- the newest bucket may have no value yet, as its labels are on their way, and then no threshold
  arrayLast(p -> p.7 IS NOT NULL, points).7 AS threshold
FROM (
SELECT ${SERIES.map((name) => `any(its_${name}) AS ${name}`).join(', ')},
  arraySort(p -> p.6, groupArray(worst)) AS points
FROM (
  SELECT series, ${SERIES.map((name) => `any(${name}) AS its_${name}`).join(', ')},
    argMax(tuple(value, low, high, n, status, at, threshold), badness) AS worst
  FROM (
    SELECT cityHash64(monitor, column, segment, version) AS series, toUnixTimestamp64Milli(time) AS at,
      ifNull(if(metric IN ${LOW_IS_WORST}, -value, value), -1e300) AS badness,
      value, low, high, n, status, threshold, ${NAMES}
    FROM (${kinds})
  )
  GROUP BY series, intDiv(at, {step:Int64})
)
GROUP BY series
)
ORDER BY kind, metric, column, monitor`;
  return { sql, params };
}
