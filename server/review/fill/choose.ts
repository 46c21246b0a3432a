import type { ReviewReason } from '../../../contract/review.ts';
import type { Random } from '../../../stats/random.ts';
import type { Candidate } from './reasons/reason.ts';

/** A prediction that goes into the queue, and why. */
export interface Chosen extends Candidate {
  readonly reason: ReviewReason;
  readonly weight: number | null;
}

const DAY = 86_400_000;

/**
 * How many predictions a stretch of event time may put into the queue: its share of a day, a whole day at most; where that is no whole number, one more as
 * often as the fraction says. Pure. `allowance(48, 3_600_000, () => 0.5)` → 2
 */
export function allowance(perDay: number, elapsedMs: number, random: Random): number {
  const share = (perDay * Math.min(DAY, elapsedMs)) / DAY;
  return Math.floor(share) + (random() < share % 1 ? 1 : 0);
}

/**
 * How many each reason may put in: one after the other in random order, until there are `n` or none has more. Pure.
 * `quotas(new Map([['audit', 9], ['novel', 1]]), 4, random(1))` → audit 3, novel 1
 */
export function quotas(
  available: ReadonlyMap<ReviewReason, number>,
  n: number,
  random: Random,
): Map<ReviewReason, number> {
  const order = [...available.keys()]
    .map((reason) => ({ reason, drawn: random() }))
    .sort((a, b) => a.drawn - b.drawn)
    .map(({ reason }) => reason);
  const quota = new Map(order.map((reason) => [reason, 0]));
  let left = n;
  for (let turn = 1; left > 0; turn += 1) {
    const more = order.filter((reason) => available.get(reason)! >= turn).slice(0, left);
    if (more.length === 0) break;
    for (const reason of more) quota.set(reason, turn);
    left -= more.length;
  }
  return quota;
}

/**
 * What goes into the queue, at most `n`, each prediction once. The audit draws first, so that what other reasons choose does not bend it; an audited
 * prediction stands for those of its stratum, shared among the ones that were drawn. Then each reason has its best, one after the other. Pure.
 */
export function choose(
  candidates: ReadonlyMap<ReviewReason, readonly Candidate[]>,
  n: number,
  random: Random,
): Chosen[] {
  const available = new Map([...candidates].map(([reason, found]) => [reason, found.length]));
  const quota = quotas(available, n, random);
  const chosen = audited((candidates.get('audit') ?? []).slice(0, quota.get('audit') ?? 0));
  const taken = new Set(chosen.map(({ id }) => id));
  const others = [...quota.keys()].filter((reason) => reason !== 'audit');
  const next = new Map(others.map((reason) => [reason, [...candidates.get(reason)!]]));
  while (next.size > 0 && chosen.length < n)
    for (const [reason, left] of next) {
      while (left[0] !== undefined && taken.has(left[0].id)) left.shift();
      const one = left.shift();
      if (one === undefined || chosen.length === n) {
        next.delete(reason);
        continue;
      }
      taken.add(one.id);
      chosen.push({ ...one, reason, weight: null });
    }
  return chosen;
}

function audited(drawn: readonly Candidate[]): Chosen[] {
  const ofStratum = Map.groupBy(drawn, ({ stratum }) => stratum);
  return drawn.map((one) => ({
    ...one,
    reason: 'audit',
    weight: one.among === undefined ? null : one.among / ofStratum.get(one.stratum)!.length,
  }));
}
