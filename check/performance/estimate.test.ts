import { expect, test } from 'vitest';
import { decisionThreshold, estimateBinary } from './estimate.ts';
import { estimateWorth, worthSentences } from './worth.ts';

test('a model of two scores is estimated at the score where it decides', () => {
  // A tree of two leaves: 11/15 of the one are positive, 1/12 of the other.
  const leaves = [
    { score: 11 / 15, positive: 11, n: 15 },
    { score: 1 / 12, positive: 1, n: 12 },
  ];
  const rows = leaves.flatMap(({ score, positive, n }) =>
    Array.from({ length: n * 40 }, (_, i) => ({ score, label: i < positive * 40 ? 1 : 0 })),
  );
  const score = Float64Array.from(rows, (row) => row.score);
  const label = rows.map((row) => row.label);
  const threshold = decisionThreshold(
    score,
    rows.map((row) => (row.score > 0.5 ? 1 : 0)),
  );
  expect(threshold).toBe(11 / 15);
  const right = rows.filter((row) => (row.score > 0.5 ? 1 : 0) === row.label).length / rows.length;
  const estimate = estimateBinary({ label, score }, score, threshold)!;
  expect(Math.abs(estimate.accuracy!.value! - right)).toBeLessThan(0.02);
});

test('how much an estimate has been worth: scores that mean what they say beat the reference’s own value where rows differ', () => {
  // Rows of two kinds in turn, easy and hard: tenths of the reference differ in how many of each they hold.
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const easy = (i % 10) * 0.1 > (i * 0.618_034) % 1;
    const score = easy ? ((i * 0.414_213) % 1 < 0.5 ? 0.97 : 0.03) : 0.4 + 0.2 * ((i * 0.324_718) % 1);
    return { score, label: (i * 0.754_878) % 1 < score ? 1 : 0 };
  });
  const label = rows.map((row) => row.label);
  const worth = estimateWorth({ label, score: Float64Array.from(rows, (row) => row.score) }, 0.5)!;
  expect(worth.accuracy!.parts).toBe(10);
  expect(worth.accuracy!.estimate).toBeLessThan(0.5 * worth.accuracy!.reference);
  expect(worthSentences({ f1: { parts: 10, estimate: 0.02, reference: 0.01 } })).toEqual([
    'in 10 parts of the reference the estimate of f1 was wrong by 0.02 on average, the reference’s own value by 0.01: the reference’s own value is the better guess',
  ]);
  expect(estimateWorth({ label: [1, 0], score: Float64Array.of(0.5, 0.4) }, 0.5)).toBeNull();
});
