import { expect, test } from 'vitest';
import { draws, normal } from '../test-subjects.ts';
import { fitSurrogate } from './surrogate.ts';

const n = 1_000;
const a = normal(n, 0, 1, 1);
const b = normal(n, 0, 1, 2);
const noise = normal(n, 0, 1, 3);
const kind = draws(n, { x: 0.5, y: 0.5 }, 4);
const features = [
  { name: 'a', kind: 'numeric', values: a },
  { name: 'b', kind: 'numeric', values: b },
  { name: 'noise', kind: 'numeric', values: noise },
  { name: 'kind', kind: 'categorical', values: kind },
] as const;

test('a number: what moves the answer is important, in order', () => {
  const answers = a.map((x, i) => 3 * x + b[i]! + (kind[i] === 'x' ? 0.3 : 0));
  const { shares: found, ...told } = fitSurrogate({ features, answers })!;
  expect(told.weights.map(({ name }) => name).slice(0, 2)).toEqual(['a', 'b']);
  expect(told.fidelity).toMatchObject({ metric: 'r2', n: 200 });
  expect(told.fidelity.value).toBeGreaterThan(0.9);
  expect(Object.values(found).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  expect(found.a).toBeGreaterThan(found.b!);
  expect(found.b).toBeGreaterThan(found.noise!);
  expect(found.noise).toBeLessThan(0.05);
});

test('two classes, and three', () => {
  const two = fitSurrogate({ features, answers: b.map((x) => (x > 0 ? 'approve' : 'deny')) })!;
  expect(two.fidelity.value).toBeGreaterThan(0.95);
  expect(two.fidelity.plain).toBeLessThan(0.6);
  expect(two.shares.b).toBeGreaterThan(0.9);
  const three = fitSurrogate({ features, answers: a.map((x) => (x > 1 ? 'h' : x < -1 ? 'l' : 'm')) })!;
  expect(three.shares.a).toBeGreaterThan(0.9);
});

test.each([
  ['too few rows', a.slice(0, 50).map((x) => x)],
  ['one answer only', new Array(n).fill('yes')],
  ['a constant', new Array(n).fill(4)],
])('%s: nothing to learn', (_name, answers) => {
  const some = features.map((feature) => ({
    ...feature,
    values: [...feature.values].slice(0, answers.length),
  }));
  expect(fitSurrogate({ features: some as unknown as typeof features, answers })).toBeNull();
});
