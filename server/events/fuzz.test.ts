import { expect, test } from 'vitest';
import { fuzzIngest } from './testing/fuzz.ts';

test('100 generated bodies, none answered with a 5xx, every model judged', async () => {
  expect(await fuzzIngest(100, 1)).toBeGreaterThan(0);
});
