import { boundsOf, bucketRows, predictedClass } from './predictions.ts';
import type { Candidate, Looked, Reason } from './reason.ts';

/** Predicted classes that are told apart: the most frequent ones. */
const STRATA = 20;

/**
 * A random sample, stratified by predicted class: of each the predictions whose hash with the seed is smallest, which is uniform within it, one of
 * each class after the other, so that a rare class is seen as often as a frequent one. `among` says how many predictions each was drawn from.
 */
export const audit: Reason = {
  id: 'audit',
  async find(ctx, looked: Looked): Promise<Candidate[]> {
    const rows = await ctx.lake.query<{ stratum: string; n: number; drawn: [string, string, number][] }>(
      `SELECT ${predictedClass(looked)} AS stratum, count() AS n,
  groupArraySorted(${Math.floor(looked.limit)})((toString(cityHash64(_id, {seed:UInt64} + 1)), _id, toUnixTimestamp64Milli(_time))) AS drawn
${bucketRows(looked)}
GROUP BY stratum ORDER BY n DESC, stratum LIMIT ${STRATA}`,
      boundsOf(looked),
    );
    const longest = Math.max(0, ...rows.map(({ drawn }) => drawn.length));
    return Array.from({ length: longest }, (_, i) =>
      rows.flatMap(({ stratum, n, drawn }) =>
        drawn[i] === undefined
          ? []
          : [
              {
                ...{ id: drawn[i][1], time: Number(drawn[i][2]), stratum, value: null },
                among: Number(n) * looked.every,
              },
            ],
      ),
    )
      .flat()
      .slice(0, looked.limit);
  },
};
