import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { addAreaStratum, gatheredAreas, NO_AREAS } from './area-strata.ts';
import { differenceSequence } from './difference-sequence.ts';

const STEPS = 40;
const next = random(17);

/** Scores of some rows on a grid; positives lie `apart` above. */
function scores(rows: number, apart: number) {
  const positive = new Map<number, number>();
  const negative = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const is = next() < 0.3;
    const cell = Math.floor(8 * (randomNormal(next) + (is ? apart : 0)));
    const side = is ? positive : negative;
    side.set(cell, (side.get(cell) ?? 0) + 1);
  }
  return { positive, negative };
}

/** Whether a canary was ever told from the version before it, and which way; looked at after every step. */
function canary(apart: number): -1 | 0 | 1 {
  let strata = NO_AREAS;
  for (let step = 0; step < STEPS; step++) {
    strata = addAreaStratum(strata, scores(60, 1), scores(60, apart));
    const of = gatheredAreas(strata);
    const found = of && step >= 2 ? differenceSequence(of, { smallest: 0.01 }) : null;
    if (found === null || 'reason' in found) continue;
    if (found.low > 0) return 1;
    if (found.high < 0) return -1;
  }
  return 0;
}

test('without a difference it is hardly ever told from the version before, with one nearly always', () => {
  const runs = Array.from({ length: 150 }, () => canary(1));
  // 5 % and three standard deviations of 150 runs.
  expect(runs.filter((said) => said !== 0).length / runs.length).toBeLessThan(0.105);
  const better = Array.from({ length: 30 }, () => canary(1.7));
  expect(better.every((said) => said === 1)).toBe(true);
});

test('a step in which a class is absent changes nothing; scores that are perfectly apart are no certainty', () => {
  const none = { positive: new Map(), negative: new Map([[1, 5]]) };
  expect(addAreaStratum(NO_AREAS, none, scores(60, 1))).toBe(NO_AREAS);
  const apart = { positive: new Map([[9, 5]]), negative: new Map([[1, 5]]) };
  const strata = addAreaStratum(NO_AREAS, apart, apart);
  expect(strata).toMatchObject({ sum: 0, weight: 1.25 });
  expect(gatheredAreas(strata)).toBeNull();
});
