import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import fixture from '../fixtures/boosted-trees.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { predictColumns, predictor, trainBoostedTrees } from './boosted-trees.ts';
import { adult, bikeSharing } from './data.testing.ts';
import type { Feature, Row } from './feature.ts';

const dataset = (name: string): string => fileURLToPath(new URL(`../../datasets/${name}`, import.meta.url));

test('scikit-learn, bike sharing: held-out error at most 2 % above HistGradientBoostingRegressor', () => {
  const { train, test: held } = bikeSharing(dataset('bike-sharing/hour.csv.gz'));
  const model = trainBoostedTrees(train.features, train.target, { objective: 'squared_error' });
  const [predicted] = predictColumns(model, held.features);
  const squares = held.target.reduce((sum, y, i) => sum + (y - predicted![i]!) ** 2, 0);
  expect(Math.sqrt(squares / held.target.length)).toBeLessThan(1.02 * fixture.bikeRmse);
  expect(model.importance.indexOf(Math.max(...model.importance))).toBe(3); // the hour
});

test('scikit-learn, Adult: held-out log loss at most 2 % above HistGradientBoostingClassifier', () => {
  const train = adult(dataset('adult/adult.data.csv.gz'));
  const held = adult(dataset('adult/adult.test.csv.gz'));
  const model = trainBoostedTrees(train.features, train.target, { objective: 'logistic' });
  const [p] = predictColumns(model, held.features);
  const n = held.target.length;
  const loss = held.target.reduce((sum, y, i) => sum - Math.log(y === 1 ? p![i]! : 1 - p![i]!), 0) / n;
  const right = held.target.filter((y, i) => y === (p![i]! > 0.5 ? 1 : 0)).length / n;
  expect(loss).toBeLessThan(1.02 * fixture.adultLogLoss);
  expect(right).toBeGreaterThan(fixture.adultAccuracy - 0.003);
});

function numbers(name: string, values: readonly number[]): Feature {
  return { name, kind: 'numeric', values };
}

test('the model is plain JSON and one row predicts as the column does', () => {
  const next = random(2);
  const x = Array.from({ length: 500 }, () => (next() < 0.1 ? Number.NaN : randomNormal(next)));
  const c = Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? null : `c${i % 5}`));
  const y = x.map((value, i) => (Number.isNaN(value) ? 5 : value) + (c[i] === 'c3' ? 10 : 0));
  const features: Feature[] = [numbers('x', x), { name: 'c', kind: 'categorical', values: c }];
  const model = trainBoostedTrees(features, y, { objective: 'squared_error', trees: 30 });
  const read = predictor(JSON.parse(JSON.stringify(model)));
  const [whole] = predictColumns(model, features);
  x.forEach((value, i) => {
    const row: Row = { x: Number.isNaN(value) ? null : value, c: c[i] ?? null };
    expect(read(row)).toEqual([whole![i]]);
  });
  // Missing numbers learned a direction of their own, an unseen category and a wrong type do not break the row.
  expect(read({ c: 'c0' })[0]).toBeCloseTo(5, 0);
  expect(Number.isFinite(read({ x: 'text', c: 'unseen' })[0])).toBe(true);
  expect(Number.isFinite(read({ x: Infinity, c: true })[0])).toBe(true);
});

test('the same generator gives the same model; early stopping keeps the best round', () => {
  const next = random(8);
  const x = Array.from({ length: 2000 }, () => randomNormal(next));
  const y = x.map((value) => (value + 2 * randomNormal(next) > 0 ? 1 : 0));
  const train = () =>
    trainBoostedTrees([numbers('x', x)], y, {
      objective: 'logistic',
      trees: 300,
      subsample: 0.7,
      earlyStopping: { share: 0.2, rounds: 10 },
      random: random(3),
    });
  const model = train();
  expect(train()).toEqual(model);
  expect(model.trees.length).toBeGreaterThan(3);
  expect(model.trees.length).toBeLessThan(150);
});

test('softmax: probabilities of three classes sum to 1 and find the right one', () => {
  const next = random(4);
  const y = Array.from({ length: 900 }, (_, i) => i % 3);
  const x = y.map((k) => 3 * k + randomNormal(next));
  const model = trainBoostedTrees([numbers('x', x)], y, { objective: 'softmax', classes: 3, trees: 20 });
  const predict = predictor(model);
  for (const k of [0, 1, 2]) {
    const p = predict({ x: 3 * k });
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(p.indexOf(Math.max(...p))).toBe(k);
  }
});

test('nothing to learn: the constant, no trees, no importance', () => {
  const constant = trainBoostedTrees([numbers('x', new Array<number>(100).fill(1))], [...Array(100).keys()], {
    objective: 'squared_error',
  });
  expect(constant).toMatchObject({ trees: [], importance: [0] });
  expect(predictor(constant)({ x: 3 })).toEqual([49.5]);
  const oneClass = trainBoostedTrees([numbers('x', [1, 2, 3])], [1, 1, 1], { objective: 'logistic' });
  expect(predictor(oneClass)({ x: 1 })[0]).toBeCloseTo(1, 5);
});

test('depth and leaf size are kept to', () => {
  const x = Array.from({ length: 1000 }, (_, i) => i);
  const model = trainBoostedTrees([numbers('x', x)], x.map(Math.sqrt), {
    objective: 'squared_error',
    trees: 3,
    depth: 2,
    minLeaf: 100,
  });
  for (const [tree] of model.trees) {
    expect(tree!.feature.length).toBeLessThanOrEqual(7);
    expect(Math.min(...tree!.cover)).toBeGreaterThanOrEqual(100);
  }
});

test.each([
  ['no rows', [], [], {}],
  ['uneven columns', [numbers('x', [1])], [1, 2], {}],
  ['a target that is not finite', [numbers('x', [1])], [Number.NaN], {}],
  ['a target that is no class', [numbers('x', [1])], [2], { objective: 'logistic' }],
  ['softmax without classes', [numbers('x', [1])], [0], { objective: 'softmax' }],
  ['subsampling without a generator', [numbers('x', [1])], [0], { subsample: 0.5 }],
] as const)('%s is an error', (_, features, target, options) => {
  expect(() => trainBoostedTrees(features, target, { objective: 'squared_error', ...options })).toThrow(
    RangeError,
  );
});

test('a column that is absent is an error for columns, missing for a row', () => {
  const model = trainBoostedTrees([numbers('x', [...Array(100).keys()])], [...Array(100).keys()], {
    objective: 'squared_error',
  });
  expect(() => predictColumns(model, [])).toThrow('column x is absent');
  expect(predictor(model)({}).length).toBe(1);
});
