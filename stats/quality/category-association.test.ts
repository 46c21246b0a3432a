import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random } from '../random.ts';
import { categoryAssociation, categoryAssociationShift } from './category-association.ts';

test.each(fixture.associations)('SciPy χ² with Bergsma’s correction: %#', ({ x, y, value }) => {
  const found = categoryAssociation({ x, y });
  if (!('value' in found)) throw new Error(found.reason);
  if (value === 0) expect(found.value).toBeCloseTo(0, 9);
  else expectClose(found.value, value, 1e-9);
});

test('one tells the other, one category, nothing', () => {
  const x = Array.from({ length: 90 }, (_, i) => 'abc'[i % 3]!);
  expect(categoryAssociation({ x, y: x })).toMatchObject({ value: expect.closeTo(1, 9) });
  expect(categoryAssociation({ x, y: x.map(() => 'a') })).toEqual({ reason: 'constant' });
  expect(categoryAssociation({ x: ['a', null], y: [null, 'b'] })).toEqual({ reason: 'not_enough_data' });
});

test('a pair that comes apart is found, one that stays is not', () => {
  const next = random(6);
  const pair = (n: number, tied: number) => {
    const x = Array.from({ length: n }, () => 'abc'[Math.floor(3 * next())]!);
    return { x, y: x.map((v) => (next() < tied ? v : 'abc'[Math.floor(3 * next())]!)) };
  };
  const apart = categoryAssociationShift(pair(400, 0.8), pair(400, 0.3), next);
  expect('value' in apart && apart.high).toBeLessThan(-0.3);
  const same = categoryAssociationShift(pair(400, 0.5), pair(400, 0.5), next);
  if (!('value' in same)) throw new Error(same.reason);
  expect(same.low).toBeLessThan(0);
  expect(same.high).toBeGreaterThan(0);
});
