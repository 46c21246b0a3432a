import { expect, test } from 'vitest';
import { killDuringIngest } from './kill.ts';

test('server and lake host killed in the middle of ingest: nothing acknowledged is lost or doubled', async () => {
  const { acknowledged, lost, twice } = await killDuringIngest({ kills: 3, random: Math.random });
  expect({ lost, twice }).toEqual({ lost: [], twice: [] });
  expect(acknowledged).toBeGreaterThan(0);
});
