import { test } from 'vitest';
import { killDuringIngest } from './kill.ts';

test('21 kills at random points: every acknowledged prediction is found exactly once', async () => {
  await killDuringIngest(21, Math.random);
});
