import { OUTCOMES } from '../../events/outcomes-table.ts';
import { inPart } from '../../store/lake/in-parts.ts';
import { moment, momentOf } from '../../store/lake/moment.ts';
import type { Beside, LocatedColumns } from '../beside/locate.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { ARRIVED, bucketOf, IN_BUCKETS, inBuckets } from '../roll-up/queries/table.ts';

/** Outcomes with a stamp in a stretch. Parameters: model, came_since, came_until. */
const IN_STRETCH = `model = {model:String}
    AND received_at >= ${moment('came_since')} AND received_at < ${moment('came_until')}`;

export interface OutcomeStretch {
  readonly n: number;
  /** Those of them that name a prediction. */
  readonly named: number;
  /** Stamp of the oldest, epoch milliseconds; 0 without any. */
  readonly oldest: number;
  /** Tells whether the same outcomes are there at another time; unsigned, as text. */
  readonly checksum: string;
}

/** What came in a stretch. Parameters: those of IN_STRETCH. */
export const OUTCOME_STRETCH = `SELECT count() AS n, countIf(id != '') AS named,
  toUnixTimestamp64Milli(min(received_at)) AS oldest, toString(sum(cityHash64(event_id))) AS checksum
FROM ${OUTCOMES} WHERE ${IN_STRETCH}`;

const COLUMNS = 'model, time, event_id, id, version, score, split, metric, value, known, located';

/** Outcomes that name no prediction, at their own time. Parameters: those of IN_STRETCH, revision. */
export const BY_TIME = `INSERT INTO tiltmeter.joined_outcomes (${COLUMNS})
SELECT model, time, event_id, '', '', NULL, map(), metric, value, time, ${moment('revision')}
FROM ${OUTCOMES} WHERE ${IN_STRETCH} AND id = ''`;

function besideRows({ table, split }: LocatedColumns, rows: string, outcomes: string): string {
  return `INSERT INTO tiltmeter.joined_outcomes (${COLUMNS})
SELECT {model:String}, time_of, event_id, id_of, version_of, score_of, split_of, metric, value, known, ${moment('revision')}
FROM (
  SELECT event_id, id, metric, value, time AS known FROM ${OUTCOMES} WHERE ${outcomes}
) AS outcomes
GLOBAL INNER JOIN (
  SELECT _id AS id_of, _time AS time_of, _version AS version_of, _score AS score_of, ${split} AS split_of FROM ${table} WHERE ${rows}
) AS predictions ON outcomes.id = predictions.id_of`;
}

const NAMED = `${IN_STRETCH} AND id != '' AND ${inPart('id')}`;
const LOCATED_NOW = `model = {model:String} AND located = ${moment('revision')} AND id != ''`;

/** How outcomes are put beside the predictions that they name. */
export const OUTCOMES_BESIDE: Beside = {
  kind: 'outcomes',
  stretch: (columns) =>
    besideRows(
      columns,
      `_time >= ${moment('event_since')} AND _time < ${moment('event_until')}
    AND cityHash64(_id) GLOBAL IN (SELECT cityHash64(id) FROM ${OUTCOMES} WHERE ${NAMED})`,
      NAMED,
    ),
  waiting(columns) {
    const rows = `${IN_BUCKETS} AND ${ARRIVED} AND ${inPart('_id')}`;
    return besideRows(
      columns,
      rows,
      `model = {model:String} AND received_at < ${moment('came_until')}
    AND id GLOBAL IN (SELECT _id FROM ${columns.table} WHERE ${rows})`,
    );
  },
  found: `SELECT
  (SELECT uniqExact(cityHash64(event_id)) FROM ${OUTCOMES} WHERE ${NAMED}) AS came,
  (SELECT uniqExact(cityHash64(event_id)) FROM tiltmeter.joined_outcomes WHERE ${LOCATED_NOW} AND ${inPart('id')}) AS found`,
};

export interface OutcomePageRow {
  readonly buckets: number[];
  /** In step with the buckets: outcomes that were located, and that the profiles count. */
  readonly fresh: number[];
  readonly profiled: number[];
  readonly metrics: string[];
}

const LOCATED_SINCE = `tiltmeter.joined_outcomes
      WHERE model = {model:String} AND located >= ${moment('located_since')} AND time >= ${moment('after')}`;

/**
 * Buckets with outcomes that were located not before a revision, ascending, at most `page` of those from `after` on, and
 * some of their metrics. Parameters: model, bucket_ms, located_since, after, page.
 */
export function outcomePage(metrics: number): string {
  return `SELECT groupArray(bucket) AS buckets, groupArray(fresh_n) AS fresh, groupArray(profiled_n) AS profiled,
  groupUniqArrayArray(${2 * metrics})(bucket_metrics) AS metrics
FROM (
  SELECT bucket, sum(located_n) AS fresh_n, sum(counted) AS profiled_n, groupUniqArrayArray(${metrics + 1})(some) AS bucket_metrics
  FROM (
    SELECT bucket, count() AS located_n, toUInt64(0) AS counted, groupUniqArray(${metrics + 1})(toString(metric)) AS some
    FROM (SELECT ${bucketOf('time')} AS bucket, metric FROM ${LOCATED_SINCE})
    GROUP BY bucket
    UNION ALL
    SELECT toUnixTimestamp64Milli(time) AS bucket, toUInt64(0), n, CAST([], 'Array(String)')
    FROM tiltmeter.profiles FINAL
    WHERE model = {model:String} AND source = '' AND segment = '' AND column = '_outcomes' AND n > 0
      AND time GLOBAL IN (SELECT ${momentOf(bucketOf('time'))} FROM ${LOCATED_SINCE})
  )
  GROUP BY bucket
  ORDER BY bucket
  LIMIT {page:UInt64}
)
${FINAL_SETTINGS}`;
}

/** The most frequent metrics of a model's outcomes. Parameters: model, most. */
export const FREQUENT_METRICS = `SELECT toString(metric) AS name FROM tiltmeter.joined_outcomes
WHERE model = {model:String}
GROUP BY name ORDER BY count() DESC, name LIMIT {most:UInt64}`;

/** Outcomes that are stored of each bucket. Parameters: model, bucket_ms, from, to, buckets. */
export const JOINED_ROWS = `SELECT bucket, count() AS rows
FROM (SELECT ${bucketOf('time')} AS bucket FROM tiltmeter.joined_outcomes FINAL
  WHERE model = {model:String} AND ${inBuckets('time')} ${FINAL_SETTINGS})
GROUP BY bucket`;
