import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random } from '../random.ts';
import { cardinalityChange, rarefied } from './cardinality-change.ts';

test.each(fixture.rarefied)('SciPy hypergeometric: %#', ({ counts, n, distinct }) => {
  expectClose(rarefied(counts, n), distinct, 1e-9);
});

test('a longer window alone is no change; twice the values are', () => {
  const next = random(5);
  const draw = (n: number, kinds: number): Map<number, number> => {
    const counts = new Map<number, number>();
    for (let i = 0; i < n; i++) {
      const kind = Math.floor(kinds * next() ** 2);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  };
  const reference = draw(5000, 300);
  const longer = cardinalityChange(reference, draw(50_000, 300));
  if (!('value' in longer)) throw new Error(longer.reason);
  expect(longer.low).toBeLessThan(1);
  expect(longer.high).toBeGreaterThan(1);
  const twice = cardinalityChange(reference, draw(5000, 600));
  expect('value' in twice && twice.low).toBeGreaterThan(1.5);
});

test('an empty side', () => {
  expect(cardinalityChange(new Map(), new Map([['a', 1]]))).toEqual({ reason: 'not_enough_data' });
  expect(cardinalityChange(new Map([['a', 9]]), new Map([['b', 4]]))).toMatchObject({
    value: 1,
    reference: 1,
  });
});
