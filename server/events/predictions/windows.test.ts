import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { throughWindows, type Window } from './windows.ts';

const DAY = 86_400_000;
const YEAR = { from: 0, to: 365 * DAY };

async function asked(direction: 'asc' | 'desc', enough: (window: Window) => boolean, most = 1000 * DAY) {
  const windows: Window[] = [];
  await throughWindows(YEAR, direction, async (window) => {
    if (window.to - window.from > most) throw new TiltmeterError('query_too_large');
    windows.push(window);
    return enough(window);
  });
  return windows;
}

test('a year without an end to it is asked in few windows, each once, without a gap', async () => {
  for (const direction of ['asc', 'desc'] as const) {
    const windows = await asked(direction, () => false);
    expect(windows).toHaveLength(9);
    const sorted = windows.toSorted((a, b) => a.from - b.from);
    expect([sorted[0]!.from, sorted.at(-1)!.to]).toEqual([YEAR.from, YEAR.to]);
    sorted.slice(1).forEach(({ from }, i) => {
      expect(from).toBe(sorted[i]!.to);
    });
  }
});

test('what the newest day tells is enough', async () => {
  expect(await asked('desc', () => true)).toEqual([{ from: 364 * DAY, to: 365 * DAY }]);
});

test('a window that is too much for one statement is asked in parts', async () => {
  const windows = await asked('desc', () => false, 3 * DAY);
  expect(windows.every(({ from, to }) => to - from <= 3 * DAY)).toBe(true);
  expect(windows.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(YEAR.to);
  await expect(asked('asc', () => false, 0)).rejects.toMatchObject({ code: 'query_too_large' });
});
