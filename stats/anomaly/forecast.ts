import { RankedValues } from './ranked-values.ts';
import { Recent } from './recent.ts';
import { Season } from './season.ts';

export interface Forecast {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** What it is made of: the length of a season in milliseconds, or null for the newest values. */
  readonly season: number | null;
}

export interface ForecastOptions {
  /** Milliseconds between two values, as a rule. */
  readonly stepMs: number;
  /** Lengths of the seasons that there may be, in milliseconds. Default a day and a week. */
  readonly seasons?: readonly number[];
  /** Share of values that the interval is to hold. Default 0.95. */
  readonly share?: number;
}

const DAY_MS = 86_400_000;
/** Values that the forecast without a season is the median of. */
const NEWEST = 12;
/** Errors of which an interval is made, at least and at most. */
const LEAST_ERRORS = 40;
const MOST_ERRORS = 2_000;

interface Candidate {
  readonly season: number | null;
  expected(time: number): number | undefined;
  add(time: number, value: number): void;
  readonly errors: RankedValues;
}

/**
 * Forecasts a stream one value ahead: the median of the same time in earlier periods, or of the newest values, whichever was nearer so far. The interval is that of its own errors so
 * far (split conformal), so that it holds what it says without any distribution being assumed, as long as the stream goes on as it was. Medians: strange
 * days move nothing. Times rise. Memory: 28 periods and 2,000 errors a candidate.
 * Source: Vovk et al. 2005, "Algorithmic Learning in a Random World", for the interval.
 * @example const next = new Forecasts({ stepMs: 3_600_000 }); next.at(time) // undefined: nothing is known yet
 */
export class Forecasts {
  readonly #candidates: readonly Candidate[];
  readonly #tail: number;

  constructor({ stepMs, seasons = [DAY_MS, 7 * DAY_MS], share = 0.95 }: ForecastOptions) {
    this.#tail = (1 - share) / 2;
    const recent = new Recent(NEWEST);
    const newest: Candidate = {
      season: null,
      expected: () => recent.median(),
      add: (_time, value) => recent.add(value),
      errors: new RankedValues(MOST_ERRORS),
    };
    const seasonal = seasons
      .map((length) => ({ length, own: new Season(length, stepMs) }))
      .filter(({ own }) => own.steps >= 4)
      .map(
        ({ length, own }): Candidate => ({
          season: length,
          expected: (time) => own.expected(time),
          add: (time, value) => own.add(time, value),
          errors: new RankedValues(MOST_ERRORS),
        }),
      );
    this.#candidates = [newest, ...seasonal];
  }

  /** What is expected at a time, of values before it; undefined while too little is known. */
  at(time: number): Forecast | undefined {
    const known = this.#candidates.filter(({ errors }) => errors.size >= LEAST_ERRORS);
    const ranked = known.sort((a, b) => a.errors.meanSize - b.errors.meanSize);
    for (const { season, errors, expected } of ranked) {
      const value = expected(time);
      if (value === undefined) continue;
      const [low, high] = [value + errors.quantile(this.#tail), value + errors.quantile(1 - this.#tail)];
      return { expected: value, low, high, season };
    }
    return undefined;
  }

  /** One more value; one that is not finite changes nothing. */
  add(time: number, value: number): void {
    if (!Number.isFinite(value)) return;
    for (const candidate of this.#candidates) {
      const expected = candidate.expected(time);
      if (expected !== undefined) candidate.errors.add(value - expected);
      candidate.add(time, value);
    }
  }
}

/**
 * What was expected of each value of a series, by those before it alone; undefined while too little is known.
 * @example forecasts([0, 1, 2], [5, 5, 5], { stepMs: 1 }) // [undefined, undefined, undefined]
 */
export function forecasts(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  options: ForecastOptions,
): (Forecast | undefined)[] {
  const next = new Forecasts(options);
  return Array.from({ length: values.length }, (_, i) => {
    const forecast = next.at(times[i]!);
    next.add(times[i]!, values[i]!);
    return forecast;
  });
}
