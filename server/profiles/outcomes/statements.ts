import { gridOfProfile } from '../../models/columns/grids.ts';
import { delayNumbers, ofAllAndSegments } from '../beside/statements.ts';
import type { BucketSize } from '../buckets.ts';
import { OUTCOME, OUTCOME_BAND, OUTCOME_DELAY, SCORE_BANDS } from '../profile.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { OUTCOMES } from '../roll-up/held.ts';
import { inPieces } from '../roll-up/pieces.ts';
import type { RollUpPlan, Statement } from '../roll-up/plan.ts';
import { emptied, MADE_BY_OUTCOMES } from '../roll-up/queries/clear-replaced.ts';
import { numericProfiles } from '../roll-up/queries/numeric.ts';
import { versionOf } from '../roll-up/queries/sources.ts';
import { bucketOf, finiteSum, inBuckets, insertProfiles, profileRow } from '../roll-up/queries/table.ts';
import { JOINED } from './queries.ts';

/** The statements that write what outcomes add to the profiles of some buckets; `metrics` are those with profiles of their own. */
export function outcomeStatements(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  metrics: readonly string[],
  values: number,
): Generator<Statement>[] {
  return ofAllAndSegments(plan, values, (part, few) => ofPlan(part, sizes, metrics, few));
}

function ofPlan(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  metrics: readonly string[],
  values: number,
): Generator<Statement> {
  const rows = joinedRows(plan.folded, plan.by?.segments);
  const grid = gridOfProfile(plan.grids, '_score');
  const draft = {
    sql: insertProfiles(
      emptied(plan.by === undefined ? 'all' : 'segments', MADE_BY_OUTCOMES),
      sums(rows, { column: `concat('${OUTCOME}', of_metric)`, where: "of_metric != ''" }),
      sums(rows, {
        column: `concat('${OUTCOME_BAND}', toString(band), '|', of_metric)`,
        where: "of_metric != '' AND band >= 0",
        by: 'band',
      }),
      numericProfiles(
        delayNumbers({
          rows,
          column: `concat('${OUTCOME_DELAY}', of_metric)`,
          by: 'of_metric',
          delay: 'delay',
          where: "of_metric != '' AND named",
        }),
        false,
      ),
      counts(rows),
    ),
    params: { o_metrics: [...metrics], s_center: grid?.center ?? 0, s_scale: grid?.scale ?? 0 },
  };
  return inPieces(plan, sizes, [OUTCOMES], values, () => draft);
}

/**
 * The tenth of the probabilities that the cell of a score lies in, by the middle of what of it is a probability; −1 for a score that is none, or is no
 * probability. Parameters: s_center, s_scale.
 */
const CELL = 'floor(64 * asinh((score - {s_center:Float64}) / {s_scale:Float64}))';
const edge = (cell: string) =>
  `greatest(0, least(1, {s_center:Float64} + {s_scale:Float64} * sinh((${cell}) / 64)))`;
const BAND = `if(score >= 0 AND score <= 1 AND {s_scale:Float64} > 0,
  toInt8(least(${SCORE_BANDS - 1}, floor(${SCORE_BANDS} * (${edge(CELL)} + ${edge(`${CELL} + 1`)}) / 2))), toInt8(-1))`;

/**
 * Outcomes of the buckets at hand, those of one prediction and metric as one: `bucket`, `version`, `of_metric` (empty for one
 * without profiles of its own), `named`, `v` (their sum), `events`, `delay` (milliseconds from the prediction to the first),
 * `band`, `segment` ('' where all rows are one). Sums do not depend on the order of reading. Parameters: model, bucket_ms, from, to, buckets, o_metrics, s_center,
 * s_scale, versions when folded.
 */
function joinedRows(folded: boolean, segments?: string): string {
  return `SELECT bucket, of_version AS version, ${segments === undefined ? "''" : 'of_segment'} AS segment, of_metric, any(is_named) AS named, arraySum(arraySort(groupArray(value))) AS v,
      count() AS events, min(delay_ms) AS delay, any(of_band) AS band
    FROM (
      SELECT ${bucketOf('time')} AS bucket, ${versionOf('version', folded)} AS of_version,
        if(metric IN {o_metrics:Array(String)}, toString(metric), '') AS of_metric, id != '' AS is_named,
        if(id = '', event_id, id) AS unit, value, ${BAND} AS of_band,
        greatest(0, toUnixTimestamp64Milli(known) - toUnixTimestamp64Milli(time)) AS delay_ms${segments === undefined ? '' : `, ${segments} AS of_segments`}
      FROM ${JOINED} FINAL
      WHERE model = {model:String} AND ${inBuckets('time')}
      ${FINAL_SETTINGS}
    )${segments === undefined ? '' : " ARRAY JOIN of_segments AS of_segment WHERE of_segment != ''"}
    GROUP BY bucket, of_version, segment, of_metric, unit`;
}

function sums(
  rows: string,
  { column, where, by }: { readonly column: string; readonly where: string; readonly by?: string },
): string {
  return `${profileRow({
    column: 'column',
    version: 'version',
    segment: 'segment',
    n: 'length(x)',
    sum: finiteSum('arraySum(x)'),
    sum2: finiteSum('arraySum(v -> v * v, x)'),
    min: 'x[1]',
    max: 'x[-1]',
    counts: "map('not_zero', toUInt64(arrayCount(v -> v != 0, x)))",
  })}
FROM (
  SELECT bucket, version, segment, ${column} AS column, arraySort(groupArray(v)) AS x
  FROM (${rows})
  WHERE ${where}
  GROUP BY bucket, version, segment, of_metric${by ? `, ${by}` : ''}
)`;
}

/** `_outcomes`: how many there are of each metric, and of those without profiles of their own. */
function counts(rows: string): string {
  return `${profileRow({
    column: `'${OUTCOMES}'`,
    version: 'version',
    segment: 'segment',
    n: 'all_events',
    counts: 'mapFromArrays(own.1, own.2)',
    other: 'all_events - arraySum(own.2)',
  })}
FROM (
  SELECT bucket, version, segment, sum(n) AS all_events, groupArrayIf((of_metric, n), of_metric != '') AS own
  FROM (SELECT bucket, version, segment, of_metric, sum(events) AS n FROM (${rows}) GROUP BY bucket, version, segment, of_metric)
  GROUP BY bucket, version, segment
)`;
}
