import { SHOWN, SHOWN_CELLS, SHOWN_FIRST } from '../../profile.ts';
import { valueName } from './sources.ts';
import { profileRow } from './table.ts';

/** The first items of a list, as a column of predictions. */
export const FIRST_ITEMS = `arraySlice(mapKeys(_ranked), 1, ${SHOWN_FIRST})`;

/** `_shown`: how often the first items of lists were shown, by the cells of their hashes. `rows`: predictions with FIRST_ITEMS. Parameters: model, revision. */
export function shownProfiles(rows: string): string {
  const cells = `SELECT bucket, version, segment, toInt32(cityHash64(item) % ${SHOWN_CELLS}) AS cell, count() AS times
    FROM (${rows}) ARRAY JOIN ${valueName(0)} AS item
    GROUP BY bucket, version, segment, cell`;
  return `${profileRow({
    column: `'${SHOWN}'`,
    version: 'version',
    segment: 'segment',
    n: 'shown_n',
    grid: 'mapFromArrays(cells, counts)',
  })}
FROM (
  SELECT bucket, version, segment, sum(times) AS shown_n, groupArray(cell) AS cells, groupArray(times) AS counts
  FROM (${cells})
  GROUP BY bucket, version, segment
)`;
}
