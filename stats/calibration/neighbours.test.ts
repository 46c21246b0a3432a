import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { nearestGroups, neighbourCalibration, neighbours } from './neighbours.ts';

const next = random(4);
const rows = (n: number) =>
  Array.from({ length: n }, () => {
    const score = next();
    return { score, n: 1, positive: next() < score ** 2 ? 1 : 0 };
  });

test('groups are about equal, ascending, and none lies on both sides of the threshold', () => {
  const all = rows(1000);
  const groups = neighbours(all, 0.3);
  expect(groups.length).toBeGreaterThanOrEqual(50);
  expect(groups.length).toBeLessThanOrEqual(51);
  expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(1000);
  expect(groups.map(({ score }) => score)).toEqual(
    groups.map(({ score }) => score).toSorted((a, b) => a - b),
  );
  const above = groups.filter(({ score }) => score >= 0.3).reduce((sum, { n }) => sum + n, 0);
  expect(above).toBe(all.filter(({ score }) => score >= 0.3).length);
  expect(neighbours(rows(60), 0.3).length).toBeLessThanOrEqual(11);
  expect(neighbours([], 0.5)).toEqual([]);
  const often = { score: 0.97, n: 500, positive: 480 };
  expect(neighbours([...all, often].filter(({ score }) => score <= 0.97), 0.3)).toContainEqual(often); // biome-ignore format: one call
});

test('each score has the next group of its own side; of a side without groups the next of the other', () => {
  const groups = [0.1, 0.45, 0.8].map((score) => ({ score, n: 9, positive: 3 }));
  expect([...nearestGroups([0, 0.3, 0.49, 0.51, 1], groups, 0.5)]).toEqual([0, 1, 1, 2, 2]);
  expect([...nearestGroups([0.2, 0.99], groups, 0.9)]).toEqual([0, 2]);
});

test('the calibration is near the truth; few rows or one class have none', () => {
  const map = neighbourCalibration(rows(5000), 0.5);
  if (map.kind !== 'isotonic') throw new Error(map.kind);
  const gaps = map.scores.map((score, i) => Math.abs(map.probabilities[i]! - score ** 2));
  expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(0.04);
  expect(neighbourCalibration(rows(99), 0.5)).toEqual({ kind: 'none' });
  expect(neighbourCalibration(rows(200).map((row) => ({ ...row, positive: 1 })), 0.5)).toEqual({ kind: 'none' }); // biome-ignore format: one call
});
