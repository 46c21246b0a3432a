import { expect, test } from 'vitest';
import { decisionThreshold, estimateBinary } from './estimate.ts';

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
