import { vi } from 'vitest';

/** Waits until something holds, also on a machine that is busy: the time-out of the test ends it, not a second. Asks every 50 ms. */
export function until(holds: () => unknown, interval = 50): Promise<unknown> {
  return vi.waitUntil(holds, { timeout: 100_000, interval });
}
