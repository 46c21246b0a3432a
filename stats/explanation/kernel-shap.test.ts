import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/kernel-shap.json' with { type: 'json' };
import { random } from '../random.ts';
import { type Coalition, coalitionsOf, kernelShap } from './kernel-shap.ts';

const model = (x: readonly number[]) =>
  1 / (1 + Math.exp(-(x[0]! * x[1]! + 0.7 * x[2]! - Math.max(x[3]!, x[4]!) + 0.2 * x[5]! ** 2)));

/** The mean answer over the background, of a row as far as it is present. */
const worthOf = (row: readonly number[]) => (present: Coalition) =>
  fixture.background
    .map((other) => model(row.map((value, i) => (present[i] ? value : other[i]!))))
    .reduce((sum, value) => sum + value / fixture.background.length, 0);

function explained(row: readonly number[], most: number, features = row.length): number[] {
  const coalitions = coalitionsOf(features, { most, random: random(5) });
  const value = worthOf(row);
  const all = (one: boolean) => value(new Array(features).fill(one));
  return kernelShap(
    coalitions,
    coalitions.map(({ present }) => value(present)),
    { base: all(false), answer: all(true) },
  );
}

test('the shap package, all coalitions: the same values', () => {
  for (const [i, row] of fixture.rows.entries()) {
    const found = explained(row, 62);
    for (const [f, expected] of fixture.values[i]!.entries()) expectClose(found[f]!, expected, 1e-9);
    const whole = found.reduce((sum, value) => sum + value, 0);
    expectClose(fixture.base + whole, model(row), 1e-12);
  }
});

test('all coalitions there are, once each, and weights that sum to 1', () => {
  for (const features of [2, 3, 5, 6]) {
    const all = coalitionsOf(features, { most: 2 ** features - 2, random: random(1) });
    expect(new Set(all.map(({ present }) => present.map(Number).join(''))).size).toBe(2 ** features - 2);
    expectClose(
      all.reduce((sum, { weight }) => sum + weight, 0),
      1,
      1e-12,
    );
  }
});

test('a sample of many features comes near, adds up, and asks no more than it may', () => {
  const [row] = fixture.rows;
  const found = explained(row!, 40);
  for (const [f, expected] of fixture.values[0]!.entries())
    expect(Math.abs(found[f]! - expected)).toBeLessThan(0.05);
  const many = coalitionsOf(30, { most: 500, random: random(2) });
  expect(many.length).toBeLessThanOrEqual(500);
  expect(many.length).toBeGreaterThan(400);
  expectClose(
    many.reduce((sum, { weight }) => sum + weight, 0),
    1,
    1e-9,
  );
  // A model that only adds is told exactly by any sample that tells of each feature.
  const adds = kernelShap(
    many,
    many.map(({ present }) => present.reduce((sum, one, i) => sum + (one ? i : 0), 0)),
    {
      base: 0,
      answer: 435,
    },
  );
  for (const [i, value] of adds.entries()) expect(Math.abs(value - i)).toBeLessThan(1e-6);
});

test('one feature bears all of it, a constant answer nothing', () => {
  expect(kernelShap([], [], { base: 0.2, answer: 0.7 })).toEqual([0.7 - 0.2]);
  const coalitions = coalitionsOf(4, { most: 20, random: random(3) });
  expect(
    kernelShap(
      coalitions,
      coalitions.map(() => 3),
      { base: 3, answer: 3 },
    ),
  ).toEqual([0, 0, 0, 0]);
});
