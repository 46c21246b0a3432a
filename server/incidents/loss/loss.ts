import type { Impact } from '../../../contract/impact.ts';
import type { Loss } from '../../../contract/loss.ts';
import type { BinaryCounts } from '../../../stats/performance/confusion.ts';
import { meanShift } from '../../../stats/quality/moment-shift.ts';
import type { Sample } from '../../../stats/sample.ts';
import { valuesOf } from '../../monitors/business/recipes.ts';

const DAY_MS = 86_400_000;
/** Fewer labelled predictions on a side tell nothing of what one is worth. */
const LEAST = 30;

/** What is known of it, or why it is not. */
export type Priced = Loss | { readonly reason: string };

export interface Answers {
  /** Labelled predictions before the incident, and since it began. */
  readonly before: BinaryCounts;
  readonly during: BinaryCounts;
  /** Predictions since it began, labelled or not, and for how long that is. */
  readonly predictions: number;
  readonly ms: number;
}

/**
 * What an incident costs: how much less a labelled prediction has been worth since it began, times all predictions since then, in the unit of
 * `impact`; above 0 is lost. The interval is Welch's, of labelled predictions as if they were like the others.
 * Reasons: not_enough_data (fewer than 30 labelled ones on a side), not_finite.
 */
export function lossOf({ before, during, predictions, ms }: Answers, impact: Impact): Priced {
  const sides = [before, during].map((counts) => sampleOf(counts, impact));
  const [was, is] = sides as [Sample, Sample];
  if (was.n < LEAST || is.n < LEAST) return { reason: 'not_enough_data' };
  const shift = meanShift(was, is);
  if ('reason' in shift) return shift;
  const lost = { value: -shift.value, low: -shift.high, high: -shift.low };
  const times = (factor: number) => ({
    value: lost.value * factor,
    low: lost.low * factor,
    high: lost.high * factor,
  });
  const perDay = times((predictions * DAY_MS) / Math.max(ms, 1));
  return {
    per_prediction: lost,
    before: { value: meanOf(was), n: was.n },
    during: { value: meanOf(is), n: is.n },
    predictions,
    total: times(predictions),
    per_day: perDay,
    unit: impact.unit ?? '',
    urgent: impact.urgent_per_day !== undefined && perDay.low >= impact.urgent_per_day,
  };
}

/** The values of answers as a sample: so many of each. */
function sampleOf(counts: BinaryCounts, impact: Impact): Sample {
  const many = new Map<number, number>();
  for (const [sort, value] of Object.entries(valuesOf(impact)) as [keyof BinaryCounts, number][])
    many.set(value, (many.get(value) ?? 0) + counts[sort]);
  const sorted = [...many].sort(([a], [b]) => a - b);
  return {
    values: Float64Array.from(sorted, ([value]) => value),
    counts: Float64Array.from(sorted, ([, count]) => count),
    n: sorted.reduce((sum, [, count]) => sum + count, 0),
  };
}

function meanOf({ values, counts, n }: Sample): number {
  return values.reduce((sum, value, i) => sum + value * counts[i]!, 0) / n;
}
