import { type Random, randomNormal } from '../random.ts';

/** From here on a normal number is close enough. */
const MANY = 30;

/** A Poisson count: how many of `mean` rows a sample of the same size may hold. @example drawnCount(0, random(1)) // 0 */
export function drawnCount(mean: number, random: Random): number {
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * randomNormal(random)));
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count++;
  return count;
}
