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

test('nothing changed: every interval holds 0', () => {
  const { change, covariate, prior, concept } = parts({});
  expect([change, covariate, prior, concept].map(holds0)).toEqual([true, true, true, true]);
});

test('other inputs: covariate alone, and prior and concept hold 0', () => {
  const { covariate, prior, concept } = parts({ mean: 1.5 });
  expect(covariate.low).toBeGreaterThan(0.03);
  expect([prior, concept].map(holds0)).toEqual([true, true]);
});

test('other odds at every score: prior alone', () => {
  const { covariate, prior, concept } = parts({ odds: -1.5 });
  expect(prior.high).toBeLessThan(-0.02);
  expect([covariate, concept].map(holds0)).toEqual([true, true]);
});

test('scores that mean something else: concept is most of it', () => {
  const { change, concept } = parts({ turned: true });
  expect(concept.high).toBeLessThan(0);
  expect(Math.abs(concept.value)).toBeGreaterThan(Math.abs(change.value) / 2);
});

test('parts add up, whatever changed', () => {
  for (const world of [{ mean: -1, odds: 1 }, { turned: true, odds: 0.5 }, { mean: 2 }]) {
    const { change, covariate, prior, concept } = parts(world, 4, 2_000);
    expect(covariate.value + prior.value + concept.value).toBeCloseTo(change.value, 12);
  }
});

test('one class, or too few rows: the named reason', () => {
  const next = random(1);
  const whole = drawn(1_000, next);
  const none = { ...whole, positive: new Float64Array(CELLS) };
  expect(decompose('roc_auc', none, whole, { random: next })).toEqual({ reason: 'single_class' });
  expect(decompose('roc_auc', whole, none, { random: next })).toEqual({ reason: 'single_class' });
  expect(decompose('accuracy', drawn(20, next), whole, { random: next })).toEqual({
    reason: 'not_enough_data',
  });
});
