import { expect, test } from 'vitest';
import { random } from '../../stats/random.ts';
import { fuzzRoutes } from './routes.ts';

test('2,000 generated requests over all routes, by people and keys of each kind, none answered with a 5xx', async () => {
  const { done } = await fuzzRoutes(2000, random(2));
  expect(done.get('a key: read of m')).toBeGreaterThan(0);
});
