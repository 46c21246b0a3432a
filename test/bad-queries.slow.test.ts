import { expect, test } from 'vitest';
import { hostileQueries, statuses } from './bad-queries.testing.ts';

test('every query parameter with every hostile value: none is a 500', async () => {
  const addresses = hostileQueries(() => true);
  expect(addresses.length).toBeGreaterThan(500);
  expect(await statuses(addresses)).toEqual([]);
});
