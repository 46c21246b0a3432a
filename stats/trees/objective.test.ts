import { expect, test } from 'vitest';
import { type ObjectiveName, objective } from './objective.ts';

test.each<[ObjectiveName, number, number, number[]]>([
  ['squared_error', 1, 3.5, [1.2]],
  ['logistic', 1, 1, [0.7]],
  ['logistic', 1, 0, [-2]],
  ['softmax', 3, 2, [0.1, -0.4, 1.1]],
])('%s: gradient and hessian are the derivatives of the loss', (name, outputs, target, scores) => {
  const loss = objective(name, outputs);
  const step = 1e-4;
  for (let output = 0; output < outputs; output++) {
    const at = (by: number) => loss.loss(target, scores.map((s, i) => (i === output ? s + by : s))); // biome-ignore format: one line
    const into = { gradient: new Float64Array(1), hessian: new Float64Array(1) };
    loss.gradients([target], scores.map((s) => Float64Array.of(s)), output, into); // biome-ignore format: one line
    expect(into.gradient[0]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 6);
    expect(into.hessian[0]).toBeCloseTo((at(step) + at(-step) - 2 * at(0)) / step ** 2, 4);
  }
});

test('the constant start is the best constant', () => {
  expect(objective('squared_error', 1).start([1, 2, 6])).toEqual([3]);
  const logistic = objective('logistic', 1);
  expect(logistic.transform(logistic.start([1, 0, 0, 0]))[0]).toBeCloseTo(0.25, 12);
  const softmax = objective('softmax', 2);
  expect(softmax.transform(softmax.start([0, 1, 1, 1]))[1]).toBeCloseTo(0.75, 12);
});

test('far scores do not overflow', () => {
  const logistic = objective('logistic', 1);
  expect(logistic.loss(0, [1000])).toBe(1000);
  expect(logistic.loss(1, [1000])).toBe(0);
  expect(objective('softmax', 2).transform([1000, -1000])).toEqual([1, 0]);
});
