import { rfc3339 } from '../../../contract/time.ts';
import type { Measured } from '../../../contract/version-comparison.ts';
import type { SequentialDecision, VerdictMeasure } from '../../../contract/version-verdict.ts';
import type { Sums } from '../../../stats/intervals/mean.ts';
import { differenceSequence, weightNeeded } from '../../../stats/sequential/difference-sequence.ts';
import { addStratum, type Gathered, gathered, NO_STRATA } from '../../../stats/sequential/strata.ts';
import type { MeanMeasure } from './means.ts';

/** Fewer values of a side are no ground for an interval that leans on the law of large numbers. */
export const ENOUGH = 50;

/** What both sides had in one step of time; `time` is its end. */
export interface Step {
  readonly time: number;
  readonly baseline: Sums;
  readonly version: Sums;
}

/** What is known by the end of a step: the difference that was gathered, and what each side was. */
export interface Known {
  readonly time: number;
  /** Null while its variance is not known. */
  readonly of: Gathered | null;
  readonly baseline: Side;
  readonly version: Side;
}

interface Side {
  readonly value: number | null;
  readonly n: number;
}

/** A measure that is followed, whatever it is gathered from. */
export interface FollowedMeasure extends Pick<VerdictMeasure, 'id' | 'title' | 'unit' | 'worse'> {
  /** The smallest difference that matters, given the value of the baseline; null where that says nothing. */
  smallest(baseline: number): number | null;
}

/** A measure followed over time, and how many times as much as there is by now would decide it; null where that is not known. */
export interface Followed {
  readonly measure: VerdictMeasure;
  readonly times: number | null;
}

/** The difference of a mean over the steps in which both sides have values, each within its step. Pure. */
export function follow(
  mean: MeanMeasure,
  role: VerdictMeasure['role'],
  steps: readonly Step[],
  alpha: number,
): Followed {
  return followKnown(mean, role, knownMeans(mean, steps), alpha);
}

function* knownMeans({ one }: MeanMeasure, steps: readonly Step[]): Generator<Known> {
  let strata = NO_STRATA;
  const side = ({ n, sum }: Sums) => ({ value: n === 0 ? null : sum / n, n });
  for (const step of steps) {
    const next = addStratum(strata, step.baseline, step.version);
    if (next === strata) continue;
    strata = next;
    const { reference, current } = strata;
    yield { time: step.time, of: gathered(strata, one), baseline: side(reference), version: side(current) };
  }
}

const NOTHING: Side = { value: null, n: 0 };

/**
 * The difference of a measure over what is known after each step: the interval that holds at all steps at once, and what it
 * says at the last one. Pure.
 */
export function followKnown(
  measure: FollowedMeasure,
  role: VerdictMeasure['role'],
  known: Iterable<Known>,
  alpha: number,
): Followed {
  const { id, title, unit, worse } = measure;
  let [baseline, version] = [NOTHING, NOTHING];
  const path: { time: string; value: number; low: number; high: number }[] = [];
  let last: { readonly of: Gathered; readonly smallest: number } | null = null;
  let narrow = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  for (const step of known) {
    ({ baseline, version } = step);
    const { of } = step;
    if (of === null || baseline.value === null || Math.min(baseline.n, version.n) < ENOUGH) continue;
    const smallest = measure.smallest(baseline.value);
    if (smallest === null) continue;
    last = { of, smallest };
    const found = differenceSequence(last.of, { smallest, alpha });
    if (!('value' in found)) continue;
    // What was excluded once stays so: the interval holds at all looks at once.
    const both = { low: Math.max(narrow.low, found.low), high: Math.min(narrow.high, found.high) };
    narrow = both.low < both.high ? both : found;
    const value = Math.min(narrow.high, Math.max(narrow.low, found.value));
    path.push({ time: rfc3339(step.time), value, ...narrow });
  }
  const end = path.at(-1);
  const n = Math.min(baseline.n, version.n);
  const difference: Measured =
    end === undefined
      ? { value: null, low: null, high: null, n, status: 'not_enough_data' }
      : { value: end.value, low: end.low, high: end.high, n, status: 'ok' };
  const smallest = last?.smallest ?? null;
  return {
    measure: {
      ...{ id, title, unit, worse, role, smallest },
      ...{ version, baseline },
      ...{ difference, decision: decisionOf(difference, worse, smallest, role), path },
    },
    times:
      end === undefined || last === null
        ? null
        : weightNeeded(last.of, widthToDecide(end.value, last.smallest), { smallest: last.smallest, alpha }),
  };
}

/**
 * What an interval says. Of a guardrail a difference that does not matter is none, however certain it is. Pure.
 * `decisionOf({ value: 0.02, low: 0.01, high: 0.03, … }, 'lower', 0.01, 'primary')` → 'better'
 */
export function decisionOf(
  { value, low, high }: Measured,
  worse: VerdictMeasure['worse'],
  smallest: number | null,
  role: VerdictMeasure['role'],
): SequentialDecision {
  if (value === null || low === null || high === null) return 'unknown';
  const matters = smallest === null || role !== 'guardrail' || Math.abs(value) >= smallest;
  if ((low > 0 || high < 0) && matters) return low > 0 === (worse === 'higher') ? 'worse' : 'better';
  return smallest !== null && low > -smallest && high < smallest ? 'alike' : 'not_yet';
}

/** How near to its middle an interval must come: until it leaves out 0, or lies within ± the smallest that matters. */
export const widthToDecide = (value: number, smallest: number) =>
  Math.max(Math.abs(value), smallest - Math.abs(value));
