import type { Newest } from '../../events/arrivals.ts';

/** How often a model is rolled up, and its labels are counted, at most: once in so many milliseconds. */
export interface Pace {
  readonly predictionsMs: number;
  readonly labelsMs: number;
}

/** Whatever has come is taken at once. */
export const AT_ONCE: Pace = { predictionsMs: 0, labelsMs: 0 };

/** So many models are all taken at once. */
const FEW = 20;
/** What each of the others adds: a roll-up takes some hundredths of a second of a processor, labels with what is judged again by them ten times as much. */
const PER_MODEL = { predictionsMs: 30, labelsMs: 600 } as const;
const LONGEST = { predictionsMs: 60_000, labelsMs: 600_000 } as const;

/**
 * The pace at which the models of a server share its time: of few none waits; of a thousand what comes within half a minute is one roll-up, and
 * labels gather for ten minutes, however they trickle in. Pure. `paceOf(1000)` → { predictionsMs: 29_400, labelsMs: 588_000 }
 */
export function paceOf(models: number): Pace {
  const of = (kind: keyof Pace) => Math.min(LONGEST[kind], Math.max(0, models - FEW) * PER_MODEL[kind]);
  return { predictionsMs: of('predictionsMs'), labelsMs: of('labelsMs') };
}

/** A model of which nothing came for so long takes no time. */
const LATELY_MS = 600_000;

/** How many of the models something came for lately. `newest`: as newestArrivals tells. Pure. */
export function busyModels(newest: Newest, models: Iterable<string>, now: number): number {
  let busy = 0;
  for (const model of models)
    if (Object.values(newest.get(model) ?? {}).some((stamp) => stamp > now - LATELY_MS)) busy++;
  return busy;
}

/** Whether it is time again for what was last taken up to a stamp; a clock that was set back makes nobody wait. Pure. */
export function isTime(takenTo: number, paceMs: number, now: number): boolean {
  return now >= takenTo + paceMs || now < takenTo;
}
