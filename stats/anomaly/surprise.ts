import { Recent } from './recent.ts';
import { Season } from './season.ts';
import { SeenRange } from './seen-range.ts';

/** What of a stream lay furthest outside of all that it has been. */
export type Aspect = 'level' | 'season' | 'movement';

export interface Surprise {
  /** How unusual the value is: above `level` it is an anomaly; 0 is within all that was seen. */
  readonly surprise: number;
  /** 1, or more for a while after an anomaly: what goes on is not told again, what gets clearly worse is. */
  readonly level: number;
  readonly anomalous: boolean;
  readonly aspect: Aspect;
}

export interface SurpriseOptions {
  /** Milliseconds between two values, as a rule. */
  readonly stepMs: number;
  /** Lengths of the seasons that there may be, in milliseconds. Default a day. */
  readonly seasons?: readonly number[];
}

const DAY_MS = 86_400_000;
/** Means of so many values are looked at: a spike, a few steps, a longer stretch. */
const LENGTHS = [1, 6, 24];
/** The newest values, which are not part of what they are held against. */
const GUARD = 24;
/** How far outside counts as an anomaly, as a share of the whole range. */
const MARGINS: Readonly<Record<Aspect, number>> = { level: 0.1, season: 0.2, movement: 0.5 };
/** A range of few independent values says little of what else there may be: half as much at this number of them. */
const YOUNG = 5;
/** Values before anything is held against a range. */
const LEAST = 30;
/** Whole periods of what is left beside a season, before that is held against its range. */
const LEAST_PERIODS = 2;
/** Values after which an anomaly is forgotten. */
const FORGOTTEN = 100;
/** Less movement than this share of the whole range is none. */
const STILL = 0.01;

/**
 * Says of each value of a stream how unusual it is, by values before it alone. Three aspects are held against all that they have been: the level, what is left of it
 * beside the season, and how much it moves, the first two as means of 1, 6 and 24 values. How far outside its range the furthest of them lies is the
 * surprise. Nothing is assumed of distributions: what came before, however wild, is usual; a new extreme is an anomaly. Times rise.
 * Memory: 28 periods of the longest season.
 * @example const next = new Surprises({ stepMs: 300_000 }); next.after(time, 12.5).anomalous // false
 */
export class Surprises {
  readonly #levels: readonly Held[];
  readonly #seasons: readonly { readonly season: Season; readonly held: readonly Held[] }[];
  readonly #movement = new Held(24, LEAST);
  readonly #range = new SeenRange(0);
  #before: number | undefined;
  #peak = 0;
  #since = Infinity;

  constructor({ stepMs, seasons = [DAY_MS] }: SurpriseOptions) {
    this.#levels = LENGTHS.map((length) => new Held(length, LEAST));
    this.#seasons = seasons
      .map((periodMs) => new Season(periodMs, stepMs))
      .filter(({ steps }) => steps >= 4)
      .map((season) => ({
        season,
        held: LENGTHS.map((length) => new Held(length, Math.max(LEAST, LEAST_PERIODS * season.steps))),
      }));
  }

  /** After one more value. One that is not finite changes nothing and is no surprise. */
  after(time: number, value: number): Surprise {
    if (!Number.isFinite(value)) return { surprise: 0, level: 1, anomalous: false, aspect: 'level' };
    const found: [Aspect, number][] = this.#levels.map((held) => ['level', held.after(value)]);
    for (const { season, held } of this.#seasons) {
      const expected = season.expected(time);
      if (expected !== undefined)
        for (const each of held) found.push(['season', each.after(value - expected)]);
      season.add(time, value);
    }
    found.push(['movement', this.#moved(value)]);
    const [aspect, surprise] = found
      .map(([of, outside]): [Aspect, number] => [of, Math.max(0, outside / MARGINS[of])])
      .reduce((a, b) => (b[1] > a[1] ? b : a));
    return { surprise, aspect, ...this.#judged(surprise) };
  }

  /** Movement on a scale of ratios: half of it matters as much as twice. */
  #moved(value: number): number {
    const before = this.#before;
    this.#before = value;
    this.#range.add(value);
    const range = this.#range.high - this.#range.low;
    if (before === undefined || !(range > 0)) return 0;
    return this.#movement.after(Math.abs(value - before), (mean) => Math.log(mean + STILL * range));
  }

  #judged(surprise: number): Pick<Surprise, 'level' | 'anomalous'> {
    this.#since++;
    const fresh = Math.max(0, 1 - this.#since / FORGOTTEN);
    if (fresh === 0) this.#peak = 0;
    const level = 1 + this.#peak * fresh;
    const anomalous = surprise > level;
    if (anomalous) this.#since = 0;
    if (anomalous || fresh > 0) this.#peak = Math.max(this.#peak, surprise);
    return { level, anomalous };
  }
}

/**
 * The surprise of each value of a series, by those before it alone.
 * @example surprises([0, 1, 2], [5, 5, 5], { stepMs: 1 }).every(({ anomalous }) => !anomalous) // true
 */
export function surprises(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  options: SurpriseOptions,
): Surprise[] {
  const next = new Surprises(options);
  return Array.from({ length: values.length }, (_, i) => next.after(times[i]!, values[i]!));
}

/** Means of a stream, held against all that they have been. */
class Held {
  readonly #length: number;
  readonly #newest: Recent;
  readonly #least: number;
  readonly #range = new SeenRange(GUARD);

  constructor(length: number, least: number) {
    this.#length = length;
    this.#newest = new Recent(length);
    this.#least = least;
  }

  /** How far outside the mean lies with one more value, in ranges. */
  after(value: number, scale: (mean: number) => number = (mean) => mean): number {
    this.#newest.add(value);
    const mean = this.#newest.mean();
    if (mean === undefined) return 0;
    const held = scale(mean);
    const known = this.#range.seen >= this.#least;
    const outside = known ? this.#range.outside(held) : 0;
    this.#range.add(held);
    return outside / (1 + (YOUNG * this.#length) / Math.max(1, this.#range.seen));
  }
}
