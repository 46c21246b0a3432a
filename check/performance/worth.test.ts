import { expect, test } from 'vitest';
import type { CheckMetrics } from '../../contract/check.ts';
import type { Ahead } from '../../stats/estimation/latent-error.ts';
import { random } from '../../stats/random.ts';
import { estimateBinary } from './estimate.ts';
import { estimateWorth, tryEstimates, weighed, worthSentences } from './worth.ts';

/** Rows of ten stretches that hold ever more easy ones; `kept`: whether surer scores are right more often. */
function life(kept: boolean, seed: number) {
  const next = random(seed);
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const easy = next() < 0.2 + 0.06 * Math.floor(i / 600);
    const score = easy ? (next() < 0.5 ? 0.95 : 0.05) : 0.4 + 0.2 * next();
    // Not kept: in stretches with many easy rows these mean less, so that accuracy stays what it was.
    const right = kept ? score : easy ? 0.5 + (score - 0.5) * (1.4 - 0.12 * Math.floor(i / 600)) : score;
    return { score, label: next() < right ? 1 : 0 };
  });
  return { label: rows.map(({ label }) => label), score: Float64Array.from(rows, ({ score }) => score) };
}

/** Nothing but easy rows. */
const EASY = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 ? 0.95 : 0.05));

function told(reference: ReturnType<typeof life>, ahead: Ahead | null = null) {
  const tried = tryEstimates(reference, 0.5)!;
  const plain = estimateBinary(reference, EASY, 0.5)!;
  const worth = estimateWorth(tried, ahead);
  return { plain, worth, metrics: weighed(plain, tried, ahead) };
}

const width = (of: CheckMetrics[string]) => of.high! - of.low!;

test('scores that go on meaning what they meant are told as they are', () => {
  const { plain, worth, metrics } = told(life(true, 1));
  expect(worth.accuracy).toMatchObject({ parts: 10, weight: 1 });
  expect(worth.accuracy!.estimate).toBeLessThan(0.5 * worth.accuracy!.reference);
  expect(metrics).toEqual(plain);
  expect(worthSentences(worth)).toHaveLength(3);
});

test('where stretches of the reference contradict estimates, they lie nearer to its own value and are less certain', () => {
  const { plain, worth, metrics } = told(life(false, 2));
  const { weight } = worth.accuracy!;
  expect(weight).toBeLessThan(0.7);
  expect(metrics.accuracy!.value).toBeLessThan(plain.accuracy!.value!);
  expect(metrics.accuracy!.value).toBeGreaterThan(0.6);
  expect(width(metrics.accuracy!)).toBeGreaterThan(width(plain.accuracy!));
  expect(worthSentences(worth).find((line) => line.includes('accuracy'))).toContain(
    `own value is the better guess; what is told goes ${Math.round(100 * weight)} % of the way`,
  );
});

test('of rows next to the reference what went on of its errors is added, and the interval holds what did not', () => {
  const near = told(life(false, 2), { after: 0, length: 1 });
  const far = told(life(false, 2), { after: 1000, length: 1 });
  const unknown = told(life(false, 2));
  expect(far.worth.accuracy!.added).toBeCloseTo(0, 4);
  expect(near.metrics.accuracy!.value! - far.metrics.accuracy!.value!).toBeCloseTo(near.worth.accuracy!.added, 4); // biome-ignore format: one call
  expect(far.metrics.accuracy!.value).toBeCloseTo(unknown.metrics.accuracy!.value!, 4);
  expect(width(near.metrics.accuracy!)).toBeGreaterThan(width(near.plain.accuracy!));
  expect(width(far.metrics.accuracy!)).toBeGreaterThanOrEqual(width(near.metrics.accuracy!));
});

test('where scores go on meaning what they meant hardly anything is added', () => {
  const { plain, worth, metrics } = told(life(true, 1), { after: 0, length: 1 });
  expect(Math.abs(worth.accuracy!.added)).toBeLessThan(0.004);
  expect(Math.abs(metrics.accuracy!.value! - plain.accuracy!.value!)).toBeLessThan(0.004);
});

test('a reference in no order, and one that is too small, change nothing', () => {
  let below = 0;
  for (let seed = 0; seed < 40; seed++) {
    const next = random(100 + seed);
    const score = Float64Array.from({ length: 1000 }, next);
    const worth = estimateWorth(
      tryEstimates({ score, label: [...score].map((p) => (next() < p ? 1 : 0)) }, 0.5)!,
      null,
    );
    if (worth.accuracy!.weight < 0.9) below++;
  }
  expect(below).toBeLessThan(6);
  expect(tryEstimates({ label: [1, 0], score: Float64Array.of(0.5, 0.4) }, 0.5)).toBeNull();
});
