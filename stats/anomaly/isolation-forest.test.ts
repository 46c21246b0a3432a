import { expect, test } from 'vitest';
import fixture from '../fixtures/isolation-forest.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { type IsolationForest, isolation, isolationForest, usualDepth } from './isolation-forest.ts';

test('scikit-learn: what it makes of rows by the trees that it grew', () => {
  const forest = fixture.forest as IsolationForest;
  for (const [i, row] of fixture.rows.entries())
    expect(isolation(forest, row)).toBeCloseTo(fixture.isolation[i]!, 9);
  for (const [n, depth] of fixture.depths) expect(usualDepth(n!)).toBeCloseTo(depth!, 9);
});

test('our own trees put what lies apart first, in one signal or a little in all', () => {
  const next = random(3);
  const rows = Array.from({ length: 500 }, () => {
    const load = randomNormal(next);
    return [load, load + 0.1 * randomNormal(next), randomNormal(next)];
  });
  const forest = isolationForest(rows, next);
  const usual = rows.map((row) => isolation(forest, row)).sort((a, b) => a - b);
  expect(usual[250]!).toBeLessThan(0.5);
  expect(isolation(forest, [0, 0, 6])).toBeGreaterThan(usual[400]!);
  expect(isolation(forest, [5, 5, 5])).toBeGreaterThan(usual[499]!);
  expect(isolation(forest, [2.5, 2.5, -2.5])).toBeGreaterThan(usual[475]!);
});

test('without anything to tell apart all is usual', () => {
  expect(isolation(isolationForest([], random(1)), [1])).toBe(0.5);
  const same = Array.from({ length: 50 }, () => [2, 2]);
  expect(isolation(isolationForest(same, random(1)), [9, 9])).toBeCloseTo(0.5, 9);
});
