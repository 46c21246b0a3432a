import { expect, test } from 'vitest';
import fixture from '../fixtures/tree-shap.json' with { type: 'json' };
import { random } from '../random.ts';
import { predictColumns, trainBoostedTrees } from './boosted-trees.ts';
import type { Feature } from './feature.ts';
import { treeShap, treeShapOfBins } from './tree-shap.ts';

test('shap package, TreeExplainer path-dependent, within 1e-9', () => {
  const columns = fixture.rows[0]!.map((_, f) => Uint8Array.from(fixture.rows, (row) => 1 + row[f]!));
  const found = treeShapOfBins({ base: [fixture.base], trees: fixture.trees.map((tree) => [tree]) }, columns);
  expect(Math.abs(found.base[0]! - fixture.expected)).toBeLessThan(1e-9);
  let worst = 0;
  fixture.values.forEach((row, i) => {
    row.forEach((value, f) => {
      worst = Math.max(worst, Math.abs(found.values[0]![f]![i]! - value));
    });
  });
  expect(worst).toBeLessThan(1e-9);
});

/** Numbers with gaps and categories, and an answer that depends on both. */
function table(rows: number, numbers: number): { features: Feature[]; target: Float64Array } {
  const next = random(3);
  const features: Feature[] = Array.from({ length: numbers }, (_, f) => ({
    name: `x${f}`,
    kind: 'numeric',
    values: Float64Array.from({ length: rows }, () => (next() < 0.05 ? Number.NaN : next())),
  }));
  const country = Array.from({ length: rows }, () =>
    next() < 0.1 ? null : 'abcde'[Math.floor(5 * next())]!,
  );
  features.push({ name: 'country', kind: 'categorical', values: country });
  const target = Float64Array.from({ length: rows }, (_, i) => {
    const [a = 0, b = 0, c = 0] = features.slice(0, 3).map(({ values }) => Number(values[i]) || 0);
    return 3 * a * b + c + (country[i] === 'b' ? 2 : 0) + next() / 10;
  });
  return { features, target };
}

test('base and values of a row sum to its prediction, with missing values and categories', () => {
  const { features, target } = table(2000, 8);
  const model = trainBoostedTrees(features, target, { objective: 'squared_error', trees: 30 });
  const { base, values } = treeShap(model, features);
  const [predicted] = predictColumns(model, features);
  for (let i = 0; i < 2000; i += 7)
    expect(values[0]!.reduce((sum, of) => sum + of[i]!, base[0]!)).toBeCloseTo(predicted![i]!, 9);
  // What says nothing gets next to nothing.
  const weight = (f: number) => values[0]![f]!.reduce((sum, value) => sum + Math.abs(value), 0);
  expect(weight(7)).toBeLessThan(weight(0) / 20);
});

test('a column that is absent is said', () => {
  const { features, target } = table(200, 2);
  const model = trainBoostedTrees(features, target, { objective: 'squared_error', trees: 2 });
  expect(() => treeShap(model, features.slice(1))).toThrow('column x0 is absent');
});
