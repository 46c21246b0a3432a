import type { Grid } from '../../../stats/asinh-grid.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { ATTRIBUTIONS, attributionValue, HAS_ATTRIBUTIONS, isAttribution } from './attributions.ts';

/** The column of the probabilities of classes; profiled is the winning one. */
export const PROBABILITIES = '_probabilities';

/** Of winning probabilities: finest next to 1, where most of them lie. */
export const WINNING_GRID: Grid = { center: 1, scale: 0.05 };
/** Of the log-odds of probabilities: as fine next to 0 and 1 as between. */
export const LOG_ODDS_GRID: Grid = { center: 0, scale: 1 };

/** How far probabilities may add up to something else than 1: senders round. */
const ROUNDED = 0.01;

/** Why probabilities of classes are none; null where they are. `wrongProbabilities([0.7, 0.3])` → null */
export function wrongProbabilities(probabilities: readonly number[]): string | null {
  if (probabilities.some((p) => !(p >= 0 && p <= 1))) return 'outside_0_to_1';
  const sum = probabilities.reduce((all, p) => all + p, 0);
  return Math.abs(sum - 1) > ROUNDED ? 'sum_is_not_1' : null;
}

/** Whether a map of probabilities is one, as an expression; of none it is not. */
export const areClassProbabilities = (map: string) =>
  `notEmpty(${map}) AND arrayAll(p -> p >= 0 AND p <= 1, mapValues(${map})) AND abs(arraySum(mapValues(${map})) - 1) <= ${ROUNDED}`;

/** The expression of a numeric column: its values as they are stored, of the probabilities the winning one, of attributions one of the map. */
export function numericValue(name: string): string {
  if (name === ATTRIBUTIONS) return HAS_ATTRIBUTIONS;
  if (isAttribution(name)) return attributionValue(name);
  if (name !== PROBABILITIES) return columnName(name);
  return `if(${areClassProbabilities(PROBABILITIES)}, toNullable(arrayMax(mapValues(${PROBABILITIES}))), NULL)`;
}
