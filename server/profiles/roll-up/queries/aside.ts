import { moment, momentOf } from '../../../store/lake/moment.ts';
import { COLUMNS, insertProfiles, profileRow } from './table.ts';

type Kind = 'numeric' | 'categorical';

/** Rows that are not of the other kind; one without any value is of both. */
const NOT_OTHERWISE: Record<Kind, string> = {
  numeric: 'empty(counts) AND other = 0',
  categorical: 'min IS NULL',
};

/** Where profiles of a kind are kept whose predictions are gone, when their column is counted as something else now. */
const ASIDE: Record<Kind, string> = { numeric: 'counted as numeric', categorical: 'counted as categorical' };

const rows = (segments: string, kind: Kind) => `tiltmeter.profiles FINAL
  WHERE model = {model:String} AND source = '' AND (${segments}) AND column IN {columns:Array(String)}
    AND time >= ${moment('from')} AND time < ${moment('to')} AND n > 0 AND revision < ${moment('revision')}
    AND ${NOT_OTHERWISE[kind]}
  SETTINGS do_not_merge_across_partitions_select_final = 1`;

const copied = (from: string, to: string, kind: Kind) => `INSERT INTO tiltmeter.profiles (${COLUMNS})
SELECT model, source, column, time, version, '${to}', n, missing, invalid, sum, sum2, min, max, grid, counts, other, ${moment('revision')}
FROM ${rows(`segment = '${from}'`, kind)}`;

/** Empties what columns hold of a kind in a stretch of time, that of segments too. Parameters: model, revision, columns, from, to. */
export const emptyKind = (kind: Kind) =>
  insertProfiles(
    `${profileRow({
      column: 'of_column',
      version: 'of_version',
      segment: 'of_segment',
      n: '0',
      revision: momentOf('{revision:Int64} - 1'),
    })}
FROM (
  SELECT toUnixTimestamp64Milli(time) AS bucket, column AS of_column, version AS of_version, segment AS of_segment
  FROM ${rows("segment = '' OR position(segment, '=') > 0", kind)}
)`,
  );

/** Copies what columns hold of a kind to where no reader meets it. Parameters as of emptyKind. */
export const setAside = (kind: Kind) => copied('', ASIDE[kind], kind);

/** Puts back what was set aside of a kind. Parameters as of emptyKind. */
export const putBack = (kind: Kind) => copied(ASIDE[kind], '', kind);
