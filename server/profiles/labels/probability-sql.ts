import { areClassProbabilities, LOG_ODDS_GRID, WINNING_GRID } from '../../models/columns/probabilities.ts';
import {
  CLASS_BRIER,
  CLASS_LOG_LOSS,
  OTHER_PROBABILITY,
  OTHER_SAID,
  OWN_PROBABILITY,
  OWN_SAID,
  WINNING,
} from '../profile.ts';

/** Probabilities closer to 0 or 1 count as this, so that one sure mistake does not make the loss infinite. */
const SUREST = 2 ** -52;

/** As an expression; held next to 0 and 1. */
export const logOdds = (p: string) => `log(greatest(${p}, ${SUREST})) - log(greatest(1 - ${p}, ${SUREST}))`;

/** A name of a profile, its value, and the grid that this lies on; a scale of 0 is none. */
const made = (name: string, value: string, { center, scale } = { center: 0, scale: 0 }) =>
  `(${name}, toFloat64(${value}), toFloat64(${center}), toFloat64(${scale}))`;

/**
 * The subquery of numericProfiles for what probabilities of several classes were worth: losses of the label's, the winning one by
 * whether it won rightly, and that of each class by whether the label is it. Rows whose probabilities are none are left out.
 * `rows`: as labelledRows gives them. Parameters: s_labels.
 */
export function probabilityLosses(
  rows: string,
  { actual, predicted }: { readonly actual: string; readonly predicted: string },
): string {
  const own = 'probabilities[of_label]';
  const brier =
    'arraySum((name, p) -> pow(p - (name = of_label), 2), mapKeys(probabilities), mapValues(probabilities)) + if(mapContains(probabilities, of_label), 0, 1)';
  const won = `${own} = top AND mapContains(probabilities, of_label)`;
  const sides = `arrayMap(class -> ${made(
    `concat(if(of_label = class, '${OWN_PROBABILITY}', '${OTHER_PROBABILITY}'), class)`,
    logOdds('probabilities[class]'),
    LOG_ODDS_GRID,
  )}, {s_labels:Array(String)})`;
  const said = `arrayMap(class -> ${made(
    `concat(if(of_label = class, '${OWN_SAID}', '${OTHER_SAID}'), class)`,
    logOdds('probabilities[class]'),
    LOG_ODDS_GRID,
  )}, arrayFilter(class -> class = of_answer AND mapContains(probabilities, class), {s_labels:Array(String)}))`;
  const all = [
    made(`'${CLASS_LOG_LOSS}'`, `-log(greatest(${own} / arraySum(mapValues(probabilities)), ${SUREST}))`),
    made(`'${CLASS_BRIER}'`, brier),
    made(`concat('${WINNING}', if(${won}, 'right', 'wrong'))`, 'top', WINNING_GRID),
  ];
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, each.1 AS column,
      groupArray(each.2) AS collected, toInt64(9007199254740991) AS first, any(each.3) AS center, any(each.4) AS scale
    FROM (
      SELECT bucket, version, segment, ${actual} AS of_label, ifNull(${predicted}, '') AS of_answer, probabilities, arrayMax(mapValues(probabilities)) AS top,
        arrayConcat([${all.join(', ')}], ${sides}, ${said}) AS every
      FROM (${rows})
      WHERE ${areClassProbabilities('probabilities')}
    )
    ARRAY JOIN every AS each
    GROUP BY bucket, version, segment, column`;
}
