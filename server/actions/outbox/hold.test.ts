import { expect, test } from 'vitest';
import { heldUntil } from './hold.ts';

const MIN = 60_000;
const NOW = Date.UTC(2026, 10, 20, 23);
const quiet = { hours: { zone: 'UTC', days: [5], from: '22:00', to: '07:00' }, except: 'P1' as const };
const free = { priority: 'P2' as const, quiet: null, perHour: null, due: [] };

test.each([
  ['nothing holds it', free, 0],
  ['quiet hours hold it until they end', { ...free, quiet }, NOW + 8 * 60 * MIN],
  ['but what is urgent', { ...free, quiet, priority: 'P1' as const }, 0],
  [
    'unless nothing is',
    { ...free, quiet: { ...quiet, except: null }, priority: 'P1' as const },
    NOW + 8 * 60 * MIN,
  ],
  ['fewer than a limit', { ...free, perHour: 3, due: [NOW, NOW - MIN] }, 0],
  [
    'as many: an hour after the first of them',
    { ...free, perHour: 2, due: [NOW, NOW - MIN] },
    NOW + 59 * MIN,
  ],
  ['behind what is held', { ...free, perHour: 2, due: [NOW + 59 * MIN, NOW] }, NOW + 60 * MIN],
  ['long ago', { ...free, perHour: 1, due: [NOW - 61 * MIN] }, 0],
])('%s', (_, told, expected) => expect(heldUntil(told, NOW)).toBe(expected));
