import { type Grid, gridIndex } from '../../../stats/asinh-grid.ts';
import { logarithmicLoss } from '../../../stats/performance/probability-loss.ts';
import { LOG_ODDS_GRID, WINNING_GRID } from '../../models/columns/probabilities.ts';
import { WINNERS } from '../../monitors/quality/from-class-probabilities.ts';
import {
  CLASS_BRIER,
  CLASS_LOG_LOSS,
  EMPTY_PROFILE,
  OTHER_PROBABILITY,
  OWN_PROBABILITY,
  type Profile,
  present,
} from '../../profiles/profile.ts';

/** The profiles of somebody who gives each of several classes its share as probability, on the same labelled rows. Empty where none had probabilities. Pure. */
export function constantShares(
  current: ReadonlyMap<string, Profile>,
  labels: ReadonlyMap<string, number>,
): Map<string, Profile> {
  const profiles = new Map<string, Profile>();
  if (!current.has(CLASS_LOG_LOSS)) return profiles;
  const whole = [...labels.values()].reduce((sum, n) => sum + n, 0);
  const share = (name: string) => (labels.get(name) ?? 0) / whole;
  const shares = [...labels.keys()].map(share);
  const squares = shares.reduce((sum, p) => sum + p * p, 0);
  const largest = Math.max(...shares);
  let [loss, brier, right] = [EMPTY_PROFILE, EMPTY_PROFILE, 0];
  for (const [name, profile] of current) {
    const own = name.startsWith(OWN_PROBABILITY);
    if (!own && !name.startsWith(OTHER_PROBABILITY)) continue;
    const of = name.slice(name.indexOf('|') + 1);
    const n = present(profile);
    profiles.set(name, allAt(logOdds(share(of)), n, LOG_ODDS_GRID));
    if (!own) continue;
    loss = plus(loss, n, logarithmicLoss(share(of)));
    brier = plus(brier, n, 1 - 2 * share(of) + squares);
    if (share(of) === largest) right += n;
  }
  const [won, lost] = WINNERS;
  return profiles
    .set(CLASS_LOG_LOSS, loss)
    .set(CLASS_BRIER, brier)
    .set(won, allAt(largest, right, WINNING_GRID))
    .set(lost, allAt(largest, loss.n - right, WINNING_GRID));
}

/** Of what is certain, as far as numbers go. */
const logOdds = (p: number) =>
  Math.log(Math.max(p, Number.EPSILON)) - Math.log(Math.max(1 - p, Number.EPSILON));

const allAt = (value: number, n: number, grid: Grid): Profile => ({
  ...EMPTY_PROFILE,
  n,
  grid: n === 0 ? new Map() : new Map([[gridIndex(value, grid), n]]),
});

const plus = ({ n, sum, sum2 }: Profile, more: number, value: number): Profile => ({
  ...EMPTY_PROFILE,
  n: n + more,
  sum: sum + more * value,
  sum2: sum2 + more * value * value,
});
