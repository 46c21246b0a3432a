import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { mmd } from './mmd.ts';

test('numpy: the unbiased statistic and the median width', () => {
  const { reference, current, value, width } = fixture.mmd;
  const result = mmd(reference, current, random(1));
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, value, 1e-10);
  expectClose(result.width, width, 1e-12);
  expect(result.p).toBeLessThan(0.2);
});

test('p is small for a shift and spread without one', () => {
  const next = random(2);
  const rows = (shift: number) =>
    Array.from({ length: 60 }, () => [shift + randomNormal(next), randomNormal(next)]);
  expect(mmd(rows(0), rows(1), next)).toMatchObject({ p: 1 / 200 });
  const ps = Array.from({ length: 20 }, () => mmd(rows(0), rows(0), next, 39));
  expect(ps.filter((result) => 'value' in result && result.p <= 0.25).length).toBeLessThan(12);
});

test('too few rows, all equal, not a number', () => {
  expect(mmd([[1]], [[1], [2]], random(1))).toEqual({ reason: 'not_enough_data' });
  expect(mmd([[1], [1]], [[1], [1]], random(1))).toEqual({ reason: 'constant' });
  expect(mmd([[Number.NaN], [1]], [[1], [Number.NaN]], random(1))).toEqual({ reason: 'not_finite' });
  const many = Array.from({ length: 40 }, (_, i) => [i % 7]);
  expect(mmd(many, [...many, [Number.NaN]], random(1))).toEqual({ reason: 'not_finite' });
  expect(mmd(many, [...many, [1e200]], random(1))).toEqual({ reason: 'not_finite' });
});

test('mostly equal rows have the width of those that differ', () => {
  const zeros = Array.from({ length: 30 }, (_, i) => [i < 27 ? 0 : 2]);
  const ones = Array.from({ length: 30 }, (_, i) => [i < 5 ? 0 : 2]);
  expect(mmd(zeros, ones, random(1))).toMatchObject({ width: 2, p: 1 / 200 });
  expect(mmd(Array.from({ length: 30 }, (_, i) => [i < 29 ? 0 : 2]), zeros, random(1))).toMatchObject({ width: 2 }); // biome-ignore format: one line
});
