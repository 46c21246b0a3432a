import { bucketRows, extremes } from './predictions.ts';
import type { Reason } from './reason.ts';

/** Features that are compared: those that weigh most in the bucket. */
const FEATURES = 50;

/**
 * Predictions whose attributions lie furthest from those that are usual in their bucket: the root of the mean square of how many standard deviations each
 * lies from its mean, over the features that weigh most. None where no attributions came.
 */
export const unusual_attributions: Reason = {
  id: 'unusual_attributions',
  find(ctx, looked) {
    const prelude = `WITH (
  SELECT (groupArray(k), groupArray(m), groupArray(s)) FROM (
    SELECT each.1 AS k, avg(each.2) AS m, stddevPop(each.2) AS s
    FROM (SELECT arrayJoin(CAST(_attributions, 'Array(Tuple(String, Float64))')) AS each ${bucketRows(looked)} AND notEmpty(_attributions))
    WHERE isFinite(each.2) GROUP BY k HAVING s > 0 ORDER BY sum(abs(each.2)) DESC, k LIMIT ${FEATURES})
) AS usual
`;
    // One that is not compared lies at its mean. Looked up by transform: a lambda that holds the map copies it for every feature.
    const squares = `arrayMap((k, v) -> pow((v - transform(k, usual.1, usual.2, v)) / transform(k, usual.1, usual.3, toFloat64(1)), 2), mapKeys(_attributions), mapValues(_attributions))`;
    const value = `if(empty(_attributions) OR empty(usual.1), NULL, toNullable(sqrt(arraySum(${squares}) / length(usual.1))))`;
    return extremes(ctx, looked, { prelude, value: `if(isFinite(${value}), ${value}, NULL)`, order: 'DESC' });
  },
};
