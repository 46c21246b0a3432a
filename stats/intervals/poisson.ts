import { chiSquareQuantile } from '../distributions/chi-square-tail.ts';
import type { Estimate } from '../outcome.ts';

/**
 * A count of events (≥ 0) as estimate of its Poisson mean, with Garwood's exact interval (95 % by default).
 * A count of 0 has low = 0 and high = 3.69.
 * Source: Garwood 1936; statsmodels `confint_poisson(method='exact-c')`.
 * @example poisson(0).high // 3.688879454113936
 */
export function poisson(count: number, confidence = 0.95): Estimate {
  const tail = (1 - confidence) / 2;
  return {
    value: count,
    low: count > 0 ? chiSquareQuantile(tail, 2 * count) / 2 : 0,
    high: chiSquareQuantile(1 - tail, 2 * (count + 1)) / 2,
  };
}
