import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random } from '../random.ts';
import { chanceOfRun, longestRun } from './longest-run.ts';

test('length, value and place; missing values are passed over', () => {
  expect(longestRun([1, 2, 2, null, 2, 3])).toMatchObject({ value: 3, of: 2, start: 1 });
  expect(longestRun(['a', 'a', 'b', 'b'])).toMatchObject({ value: 2, of: 'a', start: 0 });
  expect(longestRun([null, Number.NaN])).toEqual({ reason: 'not_enough_data' });
  expect(longestRun([5, 5, 5])).toMatchObject({ value: 3, p: 1 });
});

test.each(fixture.runs)('dynamic programming: the bound holds and is near: %#', ({ share, n, length, p }) => {
  const bound = chanceOfRun(length, n, [share * n]);
  expect(bound).toBeGreaterThanOrEqual(p);
  expectClose(bound, p, 0.05);
});

test('numbers without order are not stuck, a frozen sensor is', () => {
  const next = random(3);
  const values = Array.from({ length: 1000 }, () => Math.floor(next() * 50));
  const calm = longestRun(values);
  const frozen = longestRun([...values, ...Array(12).fill(7)]);
  if (!('value' in calm && 'value' in frozen)) throw new Error('no value');
  expect(calm.p).toBeGreaterThan(1e-3);
  expect(frozen.p).toBeLessThan(1e-12);
});
