import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import { poisson } from './poisson.ts';

test.each(fixture.poisson)('statsmodels, exact interval of %d events', (count, low, high) => {
  expectClose(poisson(count!).low, low!, 1e-9);
  expectClose(poisson(count!).high, high!, 1e-9);
});

test('no events', () => {
  expect(poisson(0)).toMatchObject({ value: 0, low: 0 });
  expectClose(poisson(0).high, -Math.log(0.025), 1e-12);
});
