import { random, randomNormal } from '../stats/random.ts';

export const JUDGED = 'judged';
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const HOURS = 11 * 24;
const PER_HOUR = 20;

/** The last hour that is whole. */
export const LAST_HOUR = START + (HOURS - 2) * HOUR;

/** Eleven days of a model in the order of time; on the tenth half of one column goes missing. */
export function judgedRows(): object[] {
  const next = random(9);
  return Array.from({ length: HOURS * PER_HOUR }, (_, i) => {
    const time = START + (i * HOUR) / PER_HOUR;
    const broken = time > START + 9 * 24 * HOUR && next() < 0.5;
    return {
      model: JUDGED,
      id: `judged-${i}`,
      time,
      features: { a: broken ? null : randomNormal(next), b: randomNormal(next) },
      prediction: randomNormal(next),
    };
  });
}
