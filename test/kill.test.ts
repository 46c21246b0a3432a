import { test } from 'vitest';
import { killDuringIngest } from './kill.ts';

test('server and lake host killed in the middle of ingest: nothing acknowledged is lost or doubled', async () => {
  await killDuringIngest(3, Math.random);
});
