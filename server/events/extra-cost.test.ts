import { expect, test } from 'vitest';
import { extraCost } from './extra-cost.ts';
import { Tally } from './write/tally.ts';

const DAY = 86_400_000;

test('two years in any order cost nothing, twenty-five years and refused events do', () => {
  const [recent, old] = [new Tally(), new Tally()];
  for (let day = 0; day < 700; day++) recent.at(((day * 37) % 700) * DAY);
  for (let day = 0; day < 25 * 365; day += 5) old.at(day * DAY);
  for (let i = 0; i < 3; i++) old.reject(i, { code: 'invalid_event', message: '' }, 1_000_000);
  expect(extraCost(recent)).toBe(0);
  expect(extraCost(old)).toBe((Math.ceil((25 * 365) / 31) - 24) * 256 * 1024 + 3_000_600);
});
