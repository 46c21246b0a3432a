import { COUNTS_BEFORE, LABELS } from '../../events/labels-table.ts';
import { inPart } from '../../store/lake/in-parts.ts';
import { moment } from '../../store/lake/moment.ts';
import type { Beside, LocatedColumns } from '../beside/locate.ts';
import { IN_STRETCH, LOCATED_NOW, storedCounts } from '../beside/queries.ts';
import { delayNumbers } from '../beside/statements.ts';
import { ANSWER_BANDS, BAND_CELLS, ERROR_AT, LABEL_DELAY, LABEL_ORIGIN } from '../profile.ts';
import { FINAL_SETTINGS } from '../read/queries/profiles.ts';
import { versionOf } from '../roll-up/queries/sources.ts';
import { ARRIVED, bucketOf, IN_BUCKETS, inBuckets, profileRow } from '../roll-up/queries/table.ts';

/** What came in a stretch. Parameters: those of IN_STRETCH. */
export const LABEL_STRETCH = `SELECT count() AS n, count() AS named, toUnixTimestamp64Milli(min(received_at)) AS oldest,
  toString(sum(cityHash64(id, received_at))) AS checksum
FROM ${LABELS} WHERE ${IN_STRETCH}`;

/** Labels beside their predictions. */
export const LABELLED = 'tiltmeter.labelled';

/** A prediction that was stored so long after its time is history: a table that ends today has rows of the past hour. */
const HISTORY_MS = 10 * 60_000;
/** Stamps of what is stored together may differ by so much. */
const TOGETHER_MS = 60_000;

/**
 * When a label was first known, 0 where that is not known: one that was stored as soon as its prediction, long after that was made,
 * and has no time of its own, tells when somebody imported a table, and not how long labels take.
 */
const KNOWN = `if(
    toUnixTimestamp64Milli(came_of) - toUnixTimestamp64Milli(time_of) > ${HISTORY_MS}
      AND toUnixTimestamp64Milli(first_known) > toUnixTimestamp64Milli(came_of) - ${TOGETHER_MS}
      AND toUnixTimestamp64Milli(first_known) - toUnixTimestamp64Milli(came_of) < toUnixTimestamp64Milli(came_of) - toUnixTimestamp64Milli(time_of),
    toDateTime64(0, 3, 'UTC'), first_known)`;

/** Relevant items of a ranking, at most. */
const RELEVANT = 1000;

/** Predictions with what their labels are compared with, and the label that counts of each of some ids, side by side. */
function besideRows(
  { table, prediction, split, lists }: LocatedColumns,
  rows: string,
  labels: string,
): string {
  const [text, number] =
    prediction === undefined
      ? ['NULL', 'NULL']
      : ['toString(_prediction)', prediction === 'numeric' ? '_prediction' : 'NULL'];
  return `INSERT INTO ${LABELLED} (model, time, id, version, label, label_number, prediction, prediction_number, score, probabilities, ranked, relevant, split, known, human, contradicted, located)
SELECT {model:String}, time_of, id_of, version_of, counting.1, counting.2, text_of, number_of, score_of, probabilities_of, ranked_of, ${lists ? 'if(empty(ranked_of), [], every_label)' : '[]'}, split_of,
  ${KNOWN}, counting.3, contradicted_of, ${moment('revision')}
FROM (
  SELECT _id AS id_of, _time AS time_of, _received_at AS came_of, _version AS version_of, ${text} AS text_of, ${number} AS number_of, _score AS score_of, _probabilities AS probabilities_of, _ranked AS ranked_of, ${split} AS split_of
  FROM ${table}
  WHERE ${rows}
) AS predictions
GLOBAL INNER JOIN (
  SELECT id, argMax((label, label_number, human), ${COUNTS_BEFORE}) AS counting, min(time) AS first_known,
    uniqExact(label) > 1 AS contradicted_of${lists ? `, groupUniqArray(${RELEVANT})(toString(label)) AS every_label` : ''}
  FROM ${LABELS}
  WHERE ${labels}
  GROUP BY id
) AS labels ON predictions.id_of = labels.id`;
}

/**
 * Puts the labels of a stretch beside their predictions, as far as these are there. Ids are looked for by their hash,
 * which costs a third of the memory, and told apart by the join. Parameters: those of IN_STRETCH and inPart, revision,
 * event_since, event_until (which predictions are looked at).
 */
function locateStretch(columns: LocatedColumns): string {
  const labels = `${IN_STRETCH} AND ${inPart('id')}`;
  return besideRows(
    columns,
    `_time >= ${moment('event_since')} AND _time < ${moment('event_until')}
    AND cityHash64(_id) GLOBAL IN (SELECT cityHash64(id) FROM ${LABELS} WHERE ${labels})`,
    // Also what came before the stretch: it may be what counts.
    `model = {model:String} AND received_at < ${moment('came_until')} AND ${inPart('id')}
    AND id GLOBAL IN (SELECT id FROM ${LABELS} WHERE ${labels})`,
  );
}

/** Puts labels that came first beside predictions that have arrived. Parameters: those of ARRIVED, IN_BUCKETS and inPart, model, revision, came_until. */
function locateWaiting(columns: LocatedColumns): string {
  const rows = `${IN_BUCKETS} AND ${ARRIVED} AND ${inPart('_id')}`;
  return besideRows(
    columns,
    rows,
    `model = {model:String} AND received_at < ${moment('came_until')}
    AND id GLOBAL IN (SELECT _id FROM ${columns.table} WHERE ${rows})`,
  );
}

/** Labels of a part of a stretch, and labels that a roll-up put beside their predictions. Parameters: those of IN_STRETCH and inPart, revision. */
const FOUND = `SELECT
  (SELECT uniqExact(cityHash64(id)) FROM ${LABELS} WHERE ${IN_STRETCH} AND ${inPart('id')}) AS came,
  (SELECT uniqExact(cityHash64(id)) FROM ${LABELLED} WHERE ${LOCATED_NOW} AND ${inPart('id')}) AS found`;

/** How labels are put beside their predictions. */
export const LABELS_BESIDE: Beside = {
  kind: 'labels',
  stretch: locateStretch,
  waiting: locateWaiting,
  found: FOUND,
};

/** Label, as profiles of classes name it. */
export type Actual = string;

/** The most frequent labels of some buckets. Parameters: model, bucket_ms, from, to, buckets, most. */
export function frequentLabels(actual: Actual): string {
  return `SELECT actual FROM (SELECT ${actual} AS actual FROM ${LABELLED} WHERE model = {model:String} AND ${inBuckets('time')})
GROUP BY actual ORDER BY count() DESC, actual LIMIT {most:UInt64}`;
}

/** The two most frequent labels of a model, with how many rows have each and how many have any. Parameters: model. */
export function leadingLabels(actual: Actual): string {
  return `SELECT actual, n, sum(n) OVER () AS total
FROM (SELECT ${actual} AS actual, count() AS n FROM ${LABELLED} WHERE model = {model:String} GROUP BY actual)
ORDER BY n DESC, actual LIMIT 2`;
}

/** Labelled predictions that are stored of each bucket, one that was located twice as often. */
export const LABELLED_ROWS = storedCounts(LABELLED);

/**
 * Labelled predictions as statements read them: `bucket`, `version`, `misfit` (none), `label`, `label_number`,
 * `segment`, `prediction`, `prediction_number`, `score`, `probabilities`. `segments`: an array of those that a row belongs to, '' for none; it is read
 * once for each. Parameters: model, bucket_ms, from, to, buckets, versions when folded, those of `segments`.
 */
export function labelledRows(folded: boolean, segments?: string): string {
  const values =
    'label, label_number, prediction, prediction_number, score, probabilities, ranked, relevant, human, contradicted, delay';
  return `SELECT bucket, of_version AS version, ${segments === undefined ? "''" : 'of_segment'} AS segment, CAST([], 'Array(String)') AS misfit, ${values}
    FROM (
      SELECT ${bucketOf('time')} AS bucket, ${versionOf('version', folded)} AS of_version, ${STORED}, ${DELAY} AS delay${segments === undefined ? '' : `, ${segments} AS of_segments`}
      FROM ${LABELLED} FINAL
      WHERE model = {model:String} AND ${inBuckets('time')}
      ${FINAL_SETTINGS}
    )${segments === undefined ? '' : " ARRAY JOIN of_segments AS of_segment WHERE of_segment != ''"}`;
}

const STORED =
  'label, label_number, prediction, prediction_number, score, probabilities, ranked, relevant, human, contradicted';

/** Milliseconds from a prediction to its first label, below 0 where that came before; NULL where nobody noted it. */
const DELAY = `if(toUnixTimestamp64Milli(known) = 0, NULL, toUnixTimestamp64Milli(known) - toUnixTimestamp64Milli(time))`;

/** The subquery of numericProfiles for `_label_delay`, of what labelledRows gives. */
export function labelDelays(rows: string): string {
  const delay = 'greatest(0, assumeNotNull(delay))';
  return delayNumbers({ rows, column: `'${LABEL_DELAY}'`, delay, where: 'delay IS NOT NULL' });
}

/**
 * The subquery of numericProfiles for `_error_at|<band>`: how far off answers of each band were, of what labelledRows gives; on no grid.
 * Parameters: a_center, a_scale (the grid of `_prediction`).
 */
export function errorsByAnswer(rows: string): string {
  const cell = 'floor(64 * asinh((prediction_number - {a_center:Float64}) / {a_scale:Float64}))';
  const band = `toInt32(greatest(0, least(${ANSWER_BANDS - 1}, floor(${cell} / ${BAND_CELLS}) + ${ANSWER_BANDS / 2})))`;
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, concat('${ERROR_AT}', toString(${band})) AS column,
      groupArray(abs(assumeNotNull(prediction_number) - assumeNotNull(label_number))) AS collected, toInt64(9007199254740991) AS first,
      toFloat64(0) AS center, toFloat64(0) AS scale
    FROM (${rows})
    WHERE prediction_number IS NOT NULL AND label_number IS NOT NULL
    GROUP BY bucket, version, segment, column`;
}

/** `_label_origin`: labelled predictions, and those of them whose label is remarkable. `rows`: as labelledRows gives them. */
export function labelOrigins(rows: string): string {
  return `${profileRow({
    column: `'${LABEL_ORIGIN}'`,
    version: 'version',
    segment: 'segment',
    n: 'labelled_n',
    counts: "map('human', human_n, 'contradicted', contradicted_n, 'early', early_n)",
  })}
FROM (
  SELECT bucket, version, segment, count() AS labelled_n, countIf(human = 1) AS human_n,
    countIf(contradicted = 1) AS contradicted_n, countIf(delay < 0) AS early_n
  FROM (${rows})
  GROUP BY bucket, version, segment
)`;
}

/** What was located not before a revision. Parameters: located_since. */
export const LOCATED_ROWS = `located >= ${moment('located_since')}`;

/** Labels and predictions as numbers; one that was located twice may appear twice. Parameters: model and those of `where`. */
export function locatedRows(where: string): string {
  return `SELECT label_number, prediction_number FROM ${LABELLED} WHERE model = {model:String} AND ${where}`;
}

export interface ClassProfiles {
  /** Label and prediction as classes, of what labelledRows gives. */
  readonly actual: string;
  readonly predicted: string;
  /** Labels counted by name in a bucket, and pairs of one of them with what was predicted. */
  readonly labels: number;
  readonly pairs: number;
}

/**
 * `_label` and `_confusion` of whole buckets: the most frequent labels by name and, of these, the most frequent pairs; the
 * rest in `other`. `sum` of `_confusion` counts the pairs that are equal, those in `other` too. Parameters: model, revision
 * and those of `rows`.
 */
export function classProfiles(rows: string, { actual, predicted, labels, pairs }: ClassProfiles): string {
  const cells = `SELECT bucket, version, segment, actual, predicted, count() AS c
    FROM (SELECT bucket, version, segment, ${actual} AS actual, ${predicted} AS predicted FROM (${rows}))
    GROUP BY bucket, version, segment, actual, predicted`;
  const byLabel = `SELECT bucket, version, segment, actual, sum(c) AS label_n, sumIf(c, predicted IS NOT NULL) AS pair_n,
      sumIf(c, predicted = actual) AS right_n, groupArrayIf((assumeNotNull(predicted), c), predicted IS NOT NULL) AS cells
    FROM (${cells})
    GROUP BY bucket, version, segment, actual`;
  const byBucket = `SELECT bucket, version, segment, sum(label_n) AS labels_n, sum(pair_n) AS pairs_n, sum(right_n) AS rights_n,
      arraySlice(arraySort(l -> (-toInt64(l.2), l.1), groupArray((actual, label_n, cells))), 1, ${labels}) AS top
    FROM (${byLabel})
    GROUP BY bucket, version, segment`;
  const ranked = `SELECT bucket, version, segment, labels_n, pairs_n, rights_n, top,
      arraySlice(arraySort(p -> (-toInt64(p.2), p.1), arrayFlatten(
        arrayMap(l -> arrayMap(p -> (concat(l.1, '\\x1f', p.1), p.2), l.3), top))), 1, ${pairs}) AS top_pairs
    FROM (${byBucket})`;
  return `${profileRow({
    column: 'column',
    version: 'version',
    segment: 'segment',
    n: 'part.1',
    sum: 'part.2',
    counts: 'mapFromArrays(part.3, part.4)',
    other: 'part.1 - toUInt64(arraySum(part.4))',
  })}
FROM (
  SELECT bucket, version, segment, column, part
  FROM (${ranked})
  ARRAY JOIN ['_label', '_confusion'] AS column,
    [(labels_n, 0., top.1, top.2), (pairs_n, toFloat64(rights_n), top_pairs.1, top_pairs.2)] AS part
)
WHERE part.1 > 0`;
}
