import { crossing } from '../intervals/crossing.ts';
import type { Estimate } from '../outcome.ts';

/** Less than any error that is told: a number without one moves last. */
const CERTAIN = 1e-12;

/**
 * The numbers nearest to those seen of which no two are further apart than `gap`: the likeliest truth, were it so. Nearest by squares of
 * the errors that their intervals allow, down and up apart. In the order of the numbers; unchanged where none are further apart.
 * Source: Robertson, Wright and Dykstra 1988, Order Restricted Statistical Inference, chapter 1.
 * @param gap at least 0.
 * @example restricted([{ value: 0.2, low: 0.1, high: 0.3 }, { value: 0.4, low: 0.3, high: 0.5 }], 0.1) // [0.25, 0.35]
 */
export function restricted(numbers: readonly Estimate[], gap: number): number[] {
  const seen = numbers.map(({ value }) => value);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  if (most - least <= gap) return seen;
  const square = (reach: number) => Math.max(reach, CERTAIN) ** 2;
  /** How much the squares fall as the window of that width goes up from there. */
  const gained = (from: number) =>
    numbers.reduce((sum, { value, low, high }) => {
      if (value < from) return sum - (from - value) / square(high - value);
      if (value > from + gap) return sum + (value - from - gap) / square(value - low);
      return sum;
    }, 0);
  const from = crossing(gained, least, most - gap);
  return seen.map((value) => Math.min(Math.max(value, from), from + gap));
}
