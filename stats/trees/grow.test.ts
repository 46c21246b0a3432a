import { expect, test } from 'vitest';
import { growTree } from './grow.ts';
import { leafValue } from './tree.ts';

const rules = { leaves: 31, depth: 10, learningRate: 1, minLeaf: 1, l2: 0 };
const bins = { name: 'x', kind: 'numeric', thresholds: [1, 2, 3] } as const;

test('one tree with learning rate 1 gives each group minus its mean gradient', () => {
  const column = Uint8Array.from([1, 1, 2, 2, 3, 4]);
  const gradient = Float64Array.from([1, 3, -4, -4, 10, 7]);
  const gradients = { gradient, hessian: new Float64Array(6).fill(1) };
  const tree = growTree([column], [bins], gradients, Int32Array.from([0, 1, 2, 3, 4, 5]), rules);
  expect([1, 2, 3, 4].map((bin) => leafValue(tree, [bin]))).toEqual([-2, 4, -10, -7]);
  expect(tree.cover[0]).toBe(6);
});

test('stops at its leaves and depth', () => {
  const column = Uint8Array.from({ length: 60 }, (_, i) => i + 1);
  const gradients = { gradient: Float64Array.from(column), hessian: new Float64Array(60).fill(1) };
  const rows = () => Int32Array.from(column.keys());
  const leaves = (tree: { feature: readonly number[] }) => tree.feature.filter((f) => f < 0).length;
  expect(leaves(growTree([column], [bins], gradients, rows(), { ...rules, leaves: 5 }))).toBe(5);
  expect(leaves(growTree([column], [bins], gradients, rows(), { ...rules, depth: 2 }))).toBe(4);
});
