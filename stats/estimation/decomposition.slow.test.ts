import { expect, test } from 'vitest';
import { type Random, random, randomNormal } from '../random.ts';
import type { ClassCells } from './cell-metrics.ts';
import { decompose } from './decomposition.ts';

const CELLS = 100;
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

interface World {
  /** Where the inputs lie, and by how much all log odds are moved. */
  readonly mean?: number;
  readonly odds?: number;
  /** Inputs above 0 turn out the other way. */
  readonly turned?: boolean;
}

/** Rows of calibrated scores; `world`: what is other than when the scores were made. */
function drawn(n: number, next: Random, { mean = 0, odds = 0, turned = false }: World = {}): ClassCells {
  const sides = [new Float64Array(CELLS), new Float64Array(CELLS)] as const;
  for (let i = 0; i < n; i++) {
    const x = mean + 1.5 * randomNormal(next);
    const cell = Math.min(CELLS - 1, Math.floor(CELLS * sigmoid(x)));
    const chance = sigmoid((turned && x > 0 ? -x : x) + odds);
    sides[next() < chance ? 0 : 1][cell]! += 1;
  }
  return { positive: sides[0], negative: sides[1], threshold: 50 };
}

function parts(world: World, seed = 1, n = 20_000) {
  const next = random(seed);
  const found = decompose('accuracy', drawn(n, next), drawn(n, next, world), { random: next });
  if ('reason' in found) throw new Error(found.reason);
  return found;
}
const holds0 = ({ low, high }: { low: number; high: number }) => low <= 0 && high >= 0;

test('intervals of a concept that did not change hold 0 as often as they say', { timeout: 30_000 }, () => {
  let held = 0;
  for (let seed = 1; seed <= 60; seed++) if (holds0(parts({ mean: 1 }, seed, 1_500).concept)) held++;
  expect(held / 60).toBeGreaterThan(0.88);
});
