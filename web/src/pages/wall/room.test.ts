import { expect, test } from 'vitest';
import { tilesIn, unitOf } from './room.ts';

test.each([
  [1000, 1880, 800, 16, { columns: 6, rows: 7, scale: 1 }],
  [42, 1880, 800, 16, { columns: 6, rows: 7, scale: 1 }],
  [12, 1880, 800, 16, { columns: 3, rows: 4, scale: 1.8 }],
  [1, 1880, 800, 16, { columns: 2, rows: 2, scale: 2.6 }],
  [9, 360, 300, 14, { columns: 1, rows: 3, scale: 1 }],
  [9, 0, 0, 16, { columns: 1, rows: 1, scale: 1 }],
])('%d tiles in %d by %d pixels at %d a unit', (wanted, width, height, unit, room) =>
  expect(tilesIn(wanted, width, height, unit)).toMatchObject(room),
);

test('text grows with the screen, and stays legible in the hand', () =>
  expect([390, 1920, 10_000].map((width) => Number(unitOf(width).toFixed(1)))).toEqual([13, 16.6, 32]));
