import { expect, test } from 'vitest';
import { createPatience } from './patience.ts';

test('who goes on after hundreds of refusals is answered later, others are not', async () => {
  let now = 0;
  const waits: number[] = [];
  const patience = createPatience(
    () => now,
    async (ms) => waits.push(ms),
  );
  for (let i = 0; i < 600; i++) await patience('192.0.2.1');
  expect(waits).toEqual([]);
  await patience('192.0.2.1');
  expect(waits).toEqual([2000]);
  await patience('192.0.2.2');
  expect(waits).toHaveLength(1);
  // Sixty a second are answered at once again.
  now += 1000;
  for (let i = 0; i < 61; i++) await patience('192.0.2.1');
  expect(waits).toHaveLength(2);
});
