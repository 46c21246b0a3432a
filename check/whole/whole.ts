import type { CheckMultivariate } from '../../contract/check.ts';
import type { JsDistance } from '../../stats/distances/js-distance.ts';
import { tableDistance } from '../../stats/movement/table-distance.ts';
import { tellApart } from './classifier.ts';
import { offTheirLattice } from './lattice.ts';
import { nearUniqueMoves } from './near-unique.ts';
import { type AllPairs, allPairs, dependenceOf, tiesOf } from './pairs.ts';
import { repeatsOf } from './repeats.ts';
import type { WholeRows } from './sample.ts';

/** Of two hundred tables that did not move one is said to have moved as a whole, a little. */
const BY_CHANCE = 0.005;

/** What rows tell by themselves, before the columns are judged. */
export interface RowsTold extends Pick<AllPairs, 'pairs'> {
  readonly apart: CheckMultivariate;
  readonly besides: Pick<CheckMultivariate, 'repeated' | 'dependence'>;
  readonly ofColumns: ColumnsTold;
}

/** What they tell of single columns: a sentence for each that left its lattice, and those that hardly repeat and moved. */
export interface ColumnsTold {
  readonly lattice: ReadonlyMap<string, string>;
  readonly nearUnique: ReadonlyMap<string, readonly string[]>;
}

/** Of rows that were not looked at. */
export const NOTHING_TOLD: ColumnsTold = { lattice: new Map(), nearUnique: new Map() };

/** Whether rows can be told apart, whether they repeat, whether columns go together as before, and what is seen of single ones. */
export function tellOfRows(rows: WholeRows): RowsTold {
  const ofColumns = { lattice: offTheirLattice(rows), nearUnique: nearUniqueMoves(rows) };
  return { apart: tellApart(rows), ofColumns, ...besidesTheClassifier(rows) };
}

/** The same without what takes most of the time. */
export function besidesTheClassifier(rows: WholeRows): Omit<RowsTold, 'apart' | 'ofColumns'> {
  const all = allPairs(rows);
  return { besides: { repeated: repeatsOf(rows), dependence: dependenceOf(rows, all) }, pairs: all.pairs };
}

/** How far all columns moved together, by their scores: many small shifts are one finding. */
export function distanceOf(
  rows: WholeRows,
  told: Pick<RowsTold, 'pairs'>,
  scores: ReadonlyMap<string, JsDistance>,
): CheckMultivariate['distance'] {
  const names = [...scores.keys()];
  const tied = tiesOf(rows, told);
  const found = tableDistance([...scores.values()], (a, b) => tied(names[a]!, names[b]!));
  if (!('value' in found)) return null;
  const { value, low, high, p, columns } = found;
  return { value, low, high, p, columns, moved: p <= BY_CHANCE };
}
