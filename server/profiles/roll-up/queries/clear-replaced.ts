import { moment, momentOf } from '../../../store/lake/moment.ts';
import {
  CLASS_BRIER,
  CLASS_LOG_LOSS,
  ERROR_AT,
  LABEL_RESIDUAL,
  LABEL_SQUARED_RESIDUAL,
  OTHER_PROBABILITY,
  OTHER_SAID,
  OWN_PROBABILITY,
  OWN_SAID,
  PERCENTAGE_ERROR,
  RANDOM,
  RANKED,
  WINNING,
} from '../../profile.ts';
import { inBuckets, insertProfiles, profileRow } from './table.ts';

/** Names of the profiles that labels make, as a condition on `column`. */
export const MADE_BY_LABELS = `(column IN ('_label', '_confusion', '_residual', '_absolute_residual', '${PERCENTAGE_ERROR}', '${LABEL_RESIDUAL}', '${LABEL_SQUARED_RESIDUAL}', '_label_delay', '_label_origin', '${CLASS_LOG_LOSS}', '${CLASS_BRIER}')
  OR ${['_score|', ERROR_AT, WINNING, OWN_PROBABILITY, OTHER_PROBABILITY, OWN_SAID, OTHER_SAID, RANKED, RANDOM].map((name) => `startsWith(column, '${name}')`).join(' OR ')})`;

/** The same of those that outcomes make. */
export const MADE_BY_OUTCOMES = `startsWith(column, '_outcome')`;

/** Rows of all predictions, or those of segments. */
export type Of = 'all' | 'segments';

/** What is set aside under the name of a segment has no `=`. */
const OF: Record<Of, string> = { all: "segment = ''", segments: "position(segment, '=') > 0" };

const standing = (of: Of, columns: string) => `
FROM (
  SELECT toUnixTimestamp64Milli(time) AS bucket, column AS of_column, version AS of_version, segment AS of_segment
  FROM tiltmeter.profiles FINAL
  WHERE model = {model:String} AND source = '' AND ${OF[of]} AND ${columns} AND ${inBuckets('time')}
    AND n > 0 AND revision < ${moment('revision')}
  SETTINGS do_not_merge_across_partitions_select_final = 1
)`;

const EMPTY = { column: 'of_column', version: 'of_version', segment: 'of_segment', n: '0' };

/**
 * Empties the production rows of rewritten buckets that this revision did not write again: a version that lost its own
 * profiles leaves its old ones behind. Read in the order of the key, so that no more is held than a block. Parameters:
 * model, revision, bucket_ms, from, to, buckets.
 */
export function clearReplaced(of: Of, columns: string): string {
  return insertProfiles(`${profileRow(EMPTY)}${standing(of, columns)}`);
}

/**
 * The rows of some buckets, emptied, as of the revision before this one: in the statement that writes what takes their
 * place. A label that changed leaves its old `_score|label` behind. Parameters as of clearReplaced.
 */
export function emptied(of: Of, columns: string): string {
  const revision = momentOf('{revision:Int64} - 1');
  return `${profileRow({ ...EMPTY, revision })}${standing(of, columns)}`;
}
