import { median } from './median.ts';

/** Periods that are remembered. */
const MOST_PERIODS = 28;
/** Values that a median is of, at least. */
const LEAST_VALUES = 3;

/**
 * What a stream is at the same time of other periods: the median of the periods before at this step and the one before and after it, so that a
 * single strange day, or an edge that comes a step early, moves nothing. Memory: 28 periods.
 */
export class Season {
  readonly #stepMs: number;
  readonly #steps: number;
  readonly #values = new Map<number, number>();

  /** `periodMs`: the length of a period; `stepMs`: that of a step. */
  constructor(periodMs: number, stepMs: number) {
    this.#stepMs = stepMs;
    this.#steps = Math.round(periodMs / stepMs);
  }

  /** Steps of a period. */
  get steps(): number {
    return this.#steps;
  }

  /** What is expected at a time, of values before it alone; undefined while too little is known. */
  expected(time: number): number | undefined {
    const step = this.#stepOf(time);
    const found: number[] = [];
    for (let period = 1; period <= MOST_PERIODS; period++)
      for (let near = -1; near <= 1; near++) {
        const value = this.#values.get(step - period * this.#steps + near);
        if (value !== undefined) found.push(value);
      }
    return found.length < LEAST_VALUES ? undefined : median(found);
  }

  add(time: number, value: number): void {
    const step = this.#stepOf(time);
    this.#values.set(step, value);
    this.#values.delete(step - MOST_PERIODS * this.#steps - 2);
  }

  #stepOf(time: number): number {
    return Math.round(time / this.#stepMs);
  }
}
