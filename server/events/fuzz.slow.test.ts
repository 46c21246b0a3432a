import { expect, test } from 'vitest';
import { fuzzIngest } from './testing/fuzz.ts';

test('10,000 generated bodies, none answered with a 5xx, every model judged', async () => {
  expect(await fuzzIngest(10_000, 2)).toBeGreaterThan(0);
});
