import {
  CHANGE_POINTS_START,
  changedWithin,
  changePoints,
  runLength,
} from '../../../stats/anomaly/change-points.ts';

/** A change is told when it is this probable that one lies within the newest values. */
const SURE = 0.8;
const NEWEST = 8;
/** Values of a run that is looked at; what is older makes no difference to who lies nearest. */
const MOST_RUNS = 150;

/** A place from which on a stream goes on otherwise. */
export interface Change {
  readonly index: number;
  readonly probability: number;
}

/** Changes of the mean or the spread of values that are 0 and 1 while nothing changes. Pure; each is found by values up to a few behind it. */
export function foundChanges(standardised: ArrayLike<number>): Change[] {
  let state = CHANGE_POINTS_START;
  const changes: Change[] = [];
  for (let i = 0; i < standardised.length; i++) {
    state = changePoints(state, standardised[i]!, { most: MOST_RUNS });
    const probability = changedWithin(state, NEWEST);
    if (probability < SURE) continue;
    const index = i - Math.max(0, runLength(state) - 1);
    const last = changes.at(-1);
    if (last === undefined || index - last.index > NEWEST) changes.push({ index, probability });
  }
  return changes.filter(({ index }) => index > 0);
}
