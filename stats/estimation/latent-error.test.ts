import { expect, test } from 'vitest';
import fixture from '../fixtures/latent-error.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { latentError } from './latent-error.ts';

const VARIANCE = 1e-4;
const NEXT = { after: 0, length: 1 };
const past = (errors: readonly number[], variance = VARIANCE) => errors.map((error) => ({ error, variance }));

test.each(fixture)('SciPy: the joint normal law of every model, conditioned, %#', (made) => {
  const found = latentError(made.past.map(([error, variance]) => ({ error: error!, variance: variance! })), made.ahead); // biome-ignore format: one call
  expect(found.value).toBeCloseTo(made.value, 9);
  expect(found.variance).toBeCloseTo(made.variance, 9);
});

test('too few errors, and those without variance, tell nothing', () => {
  expect(latentError([], NEXT)).toEqual({ value: 0, variance: 0 });
  expect(latentError(past([0.1, 0.1]), NEXT)).toEqual({ value: 0, variance: 0 });
  expect(latentError(past([0.1, 0.1, 0.1], 0), NEXT)).toEqual({ value: 0, variance: 0 });
});

test('of errors that are chance hardly anything goes on', () => {
  const next = random(3);
  const found = Array.from({ length: 1000 }, () => latentError(past(Array.from({ length: 10 }, () => Math.sqrt(VARIANCE) * randomNormal(next))), NEXT)); // biome-ignore format: one list
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  expect(Math.sqrt(mean(found.map(({ value }) => value ** 2)))).toBeLessThan(0.1 * Math.sqrt(VARIANCE));
  expect(mean(found.map(({ variance }) => variance))).toBeLessThan(0.3 * VARIANCE);
});

test('an error that began lately goes on, less so over more rows; one that comes and goes does not', () => {
  const began = past([0, 0, 0, 0, 0, 0, -0.1, -0.1, -0.1, -0.1]);
  expect(latentError(began, NEXT).value).toBeLessThan(-0.03);
  expect(Math.abs(latentError(began, { after: 0, length: 20 }).value)).toBeLessThan(
    Math.abs(latentError(began, NEXT).value),
  );
  expect(Math.abs(latentError(began, { after: 9, length: 1 }).value)).toBeLessThan(Math.abs(latentError(began, NEXT).value)); // biome-ignore format: one line
  expect(latentError(past(began.map(({ error }) => error).reverse()), NEXT).value).toBeGreaterThan(-0.01);
  const turns = latentError(past([0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1]), NEXT);
  expect(Math.abs(turns.value)).toBeLessThan(0.01);
  expect(turns.variance).toBeGreaterThan(0.05 ** 2);
});

test('it does not depend on the unit, and turns its sign with the errors', () => {
  const errors = [0.01, 0.03, 0.02, 0.05];
  const { value, variance } = latentError(past(errors), { after: 1, length: 2 });
  const other = latentError(past(errors.map((x) => -3 * x), 9 * VARIANCE), { after: 1, length: 2 }); // biome-ignore format: one call
  expect(other.value).toBeCloseTo(-3 * value, 12);
  expect(other.variance).toBeCloseTo(9 * variance, 12);
});
