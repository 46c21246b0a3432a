import { OUTCOMES } from '../../events/outcomes-table.ts';
import { inPart } from '../../store/lake/in-parts.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Beside, LocatedColumns } from '../beside/locate.ts';
import { IN_STRETCH, LOCATED_NOW, storedCounts } from '../beside/queries.ts';
import { ARRIVED, IN_BUCKETS } from '../roll-up/queries/table.ts';

/** Outcomes beside their predictions, or at their own time. */
export const JOINED = 'tiltmeter.joined_outcomes';

/** What came in a stretch. Parameters: those of IN_STRETCH. */
export const OUTCOME_STRETCH = `SELECT count() AS n, countIf(id != '') AS named,
  toUnixTimestamp64Milli(min(received_at)) AS oldest, toString(sum(cityHash64(event_id))) AS checksum
FROM ${OUTCOMES} WHERE ${IN_STRETCH}`;

const COLUMNS = 'model, time, event_id, id, version, score, split, metric, value, known, located';

/** Outcomes that name no prediction, at their own time. Parameters: those of IN_STRETCH, revision. */
export const BY_TIME = `INSERT INTO ${JOINED} (${COLUMNS})
SELECT model, time, event_id, '', '', NULL, map(), metric, value, time, ${moment('revision')}
FROM ${OUTCOMES} WHERE ${IN_STRETCH} AND id = ''`;

function besideRows({ table, split }: LocatedColumns, rows: string, outcomes: string): string {
  return `INSERT INTO ${JOINED} (${COLUMNS})
SELECT {model:String}, time_of, event_id, id_of, version_of, score_of, split_of, metric, value, known, ${moment('revision')}
FROM (
  SELECT event_id, id, metric, value, time AS known FROM ${OUTCOMES} WHERE ${outcomes}
) AS outcomes
GLOBAL INNER JOIN (
  SELECT _id AS id_of, _time AS time_of, _version AS version_of, _score AS score_of, ${split} AS split_of FROM ${table} WHERE ${rows}
) AS predictions ON outcomes.id = predictions.id_of`;
}

const NAMED = `${IN_STRETCH} AND id != '' AND ${inPart('id')}`;

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
  (SELECT uniqExact(cityHash64(event_id)) FROM ${JOINED} WHERE ${LOCATED_NOW} AND id != '' AND ${inPart('id')}) AS found`,
};

/** The most frequent metrics of a model's outcomes. Parameters: model, most. */
export const FREQUENT_METRICS = `SELECT toString(metric) AS name FROM ${JOINED}
WHERE model = {model:String}
GROUP BY name ORDER BY count() DESC, name LIMIT {most:UInt64}`;

/** Outcomes that are stored of each bucket. */
export const JOINED_ROWS = storedCounts(`${JOINED} FINAL`);
