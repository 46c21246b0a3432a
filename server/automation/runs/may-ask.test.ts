import { expect, test } from 'vitest';
import { heldBack } from './may-ask.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const limits = { cooldown_minutes: 600, per_day: 2 };
const before = (hours: number, model = 'm', undone = false) => ({
  model,
  askedAt: NOW - hours * HOUR,
  undone,
});

test.each([
  ['never before', [], null],
  ['within the pause', [before(9)], 'cooldown'],
  ['after the pause', [before(11)], null],
  ['of another model', [before(1, 'n')], null],
  ['refused a moment ago', [before(1, 'm', true)], 'cooldown'],
  ['a full day', [before(11), before(2, 'n')], 'per_day'],
  ['what was refused fills no day', [before(11), before(2, 'n', true)], null],
  ['the clock was set back a little', [before(-9)], 'cooldown'],
  ['the clock was set back by a year', [before(-9_000)], null],
])('%s', (_, former, held) => {
  expect(heldBack(former, limits, 'm', NOW)).toBe(held);
});
