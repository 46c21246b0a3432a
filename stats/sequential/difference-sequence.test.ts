import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { canary, fixedSize } from './canary.testing.ts';
import { differenceSequence, weightNeeded } from './difference-sequence.ts';

const RUNS = 400;
const canaries = (before: number, after: number, most: number) => {
  const next = random(11);
  return Array.from({ length: RUNS }, () => canary(before, after, most, next));
};

test('without a difference it is hardly ever said to be better, looked at after every 50 rows', () => {
  const most = 5 * fixedSize(0.9, 0.91);
  const said = canaries(0.9, 0.9, most).filter((one) => one.said !== 'nothing').length;
  // Both errors together are at most 5 %; three standard deviations of 400 runs are another 3.3 %.
  expect(said / RUNS).toBeLessThan(0.083);
});

test('a point of accuracy is told within 1.5 times the rows of a fixed-size test', () => {
  const most = Math.floor(1.5 * fixedSize(0.9, 0.91));
  const said = canaries(0.9, 0.91, most).map((one) => one.said);
  expect(said.filter((one) => one === 'better').length / RUNS).toBeGreaterThan(0.8);
  expect(said).not.toContain('worse');
});

test('the interval is narrower than one for ever up to the planned end, and goes on beyond it', () => {
  const at = (weight: number) =>
    differenceSequence({ sum: 0, weight, variance: 0.09 * weight }, { smallest: 0.01 }) as { high: number };
  // 0.09 · 1.5 · 7.849 / 0.01² = 10,596 is planned.
  expect(at(10_500).high).toBeCloseTo(0.00758, 4);
  // What a difference half as large needs lies within the second: a z of 2.674 at four times as much.
  expect(at(42_000).high).toBeCloseTo((2.6738 * Math.sqrt(0.09 * 42_385)) / 42_000, 5);
  expect(at(1e6).high).toBeLessThan(0.0015);
  expect(at(1e6).high).toBeGreaterThan(0.001);
});

test('how much more is needed is what then suffices', () => {
  const of = { sum: 20, weight: 5000, variance: 450 };
  const times = weightNeeded(of, 0.01, { smallest: 0.01 });
  const reach = (t: number) => {
    const found = differenceSequence({ sum: 0, weight: 5000 * t, variance: 450 * t }, { smallest: 0.01 }) as {
      high: number;
    };
    return found.high;
  };
  expect(times).toBeGreaterThan(1);
  expect(reach(times)).toBeLessThanOrEqual(0.01);
  expect(reach(times * 0.99)).toBeGreaterThan(0.01);
  expect(weightNeeded(of, 1, { smallest: 0.01 })).toBe(1);
});

test('half of what matters is told nearly as soon, beside what it needs', () => {
  const most = Math.floor(1.5 * fixedSize(0.7, 0.705));
  const next = random(12);
  const said = Array.from({ length: 150 }, () => canary(0.7, 0.705, most, next).said);
  expect(said.filter((one) => one === 'better').length / said.length).toBeGreaterThan(0.72);
  expect(said).not.toContain('worse');
});

test('nothing gathered is a named reason', () => {
  expect(differenceSequence({ sum: 0, weight: 0, variance: 0 }, { smallest: 0.01 })).toEqual({
    reason: 'not_enough_data',
  });
  expect(differenceSequence({ sum: 3, weight: 9, variance: 0 }, { smallest: 0.01 })).toEqual({
    reason: 'not_enough_data',
  });
});
