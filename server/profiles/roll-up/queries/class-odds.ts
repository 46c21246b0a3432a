import {
  areClassProbabilities,
  LOG_ODDS_GRID,
  PROBABILITIES,
} from '../../../models/columns/probabilities.ts';
import { logOdds } from '../../labels/probability-sql.ts';
import { CLASS_PROBABILITY, SAID_PROBABILITY, SCORED_LABELS } from '../../profile.ts';
import { valueName } from './sources.ts';

/** Probabilities of a prediction, none where they are no probabilities; and what it was answered with. */
export const classOddsColumns = (answered: boolean): readonly string[] => [
  `if(${areClassProbabilities(PROBABILITIES)}, ${PROBABILITIES}, CAST(map(), 'Map(String, Float64)'))`,
  answered ? "ifNull(toString(_prediction), '')" : "''",
];

/**
 * The subquery of numericProfiles for the log-odds of each class, of predictions of up to ten classes: `_class_probability|<class>` of
 * all, `_said_probability|<class>` of those that were answered with it. `rows`: predictions with classOddsColumns.
 */
export function classOdds(rows: string): string {
  const [probabilities, answer] = [valueName(0), valueName(1)];
  const made = (name: string, value: string) => `(${name}, toFloat64(${logOdds(value)}))`;
  const every = `arrayMap((name, p) -> ${made(`concat('${CLASS_PROBABILITY}', name)`, 'p')}, mapKeys(${probabilities}), mapValues(${probabilities}))`;
  const said = `if(mapContains(${probabilities}, ${answer}), [${made(`concat('${SAID_PROBABILITY}', ${answer})`, `${probabilities}[${answer}]`)}], [])`;
  const { center, scale } = LOG_ODDS_GRID;
  return `SELECT bucket, version, segment, count() AS rows, toUInt64(0) AS invalid, each.1 AS column,
      groupArray(each.2) AS collected, toInt64(9007199254740991) AS first, toFloat64(${center}) AS center, toFloat64(${scale}) AS scale
    FROM (
      SELECT bucket, version, segment, arrayConcat(${every}, ${said}) AS odds
      FROM (${rows})
      WHERE length(${probabilities}) BETWEEN 1 AND ${SCORED_LABELS}
    )
    ARRAY JOIN odds AS each
    GROUP BY bucket, version, segment, column`;
}
