import type { CheckMultivariate } from '../../contract/check.ts';
import type { JsDistance } from '../../stats/distances/js-distance.ts';
import { tableDistance } from '../../stats/movement/table-distance.ts';
import { type AllPairs, allPairs, dependenceOf, tiesOf } from './pairs.ts';
import { repeatsOf } from './repeats.ts';
import type { WholeRows } from './sample.ts';

/** Of two hundred tables that did not move one is said to have moved as a whole, a little. */
const BY_CHANCE = 0.005;

/** What is said of the rows as a whole beside whether they can be told apart: whether all columns moved together, whether rows repeat, whether columns go together as before. */
export function besidesTheClassifier(
  rows: WholeRows,
  scores: ReadonlyMap<string, JsDistance>,
): Pick<CheckMultivariate, 'distance' | 'repeated' | 'dependence'> {
  const pairs = allPairs(rows);
  return {
    distance: distanceOf(rows, pairs, scores),
    repeated: repeatsOf(rows),
    dependence: dependenceOf(rows, pairs),
  };
}

/** How far all columns moved together: many small shifts are one finding. */
function distanceOf(
  rows: WholeRows,
  pairs: AllPairs,
  scores: ReadonlyMap<string, JsDistance>,
): CheckMultivariate['distance'] {
  const names = [...scores.keys()];
  const tied = tiesOf(rows, pairs);
  const found = tableDistance([...scores.values()], (a, b) => tied(names[a]!, names[b]!));
  if (!('value' in found)) return null;
  const { value, low, high, p, columns } = found;
  return { value, low, high, p, columns, moved: p <= BY_CHANCE };
}
