import { expect, test } from 'vitest';
import type { VerdictMeasure } from '../../../contract/version-verdict.ts';
import { decisionOf, follow, type Step } from './follow.ts';
import { GUARDRAILS } from './means.ts';
import { recommend } from './recommend.ts';
import { lasting, verdictSentence } from './sentence.ts';

const HOUR = 3_600_000;
const at = (value: number, reach: number) => ({
  ...{ value, low: value - reach, high: value + reach },
  ...{ n: 1000, status: 'ok' },
});

test.each([
  ['higher accuracy, 0 left out', at(0.02, 0.01), 'lower', 'primary', 'better'],
  ['lower accuracy, 0 left out', at(-0.02, 0.01), 'lower', 'primary', 'worse'],
  ['a tenth of a point for certain, of what decides', at(0.001, 0.0005), 'lower', 'primary', 'better'],
  ['a tenth of a point for certain, of a guardrail', at(0.001, 0.0005), 'higher', 'guardrail', 'alike'],
  ['two points more, of a guardrail', at(0.02, 0.01), 'higher', 'guardrail', 'worse'],
  ['all within what does not matter', at(0.001, 0.005), 'lower', 'primary', 'alike'],
  ['anything', at(0.001, 0.05), 'lower', 'primary', 'not_yet'],
] as const)('%s', (_, difference, worse, role, decision) => {
  expect(decisionOf(difference, worse, 0.01, role)).toBe(decision);
});

const errors = (n: number, failed: number) => ({ n, sum: failed, sum2: failed });
const hours = (count: number, failed: number): Step[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ time: (i + 1) * HOUR, baseline: errors(200, 2), version: errors(200, failed) },
  }));

test('errors that rise five points are told, and stay told', () => {
  const { measure } = follow(GUARDRAILS[0]!, 'guardrail', hours(30, 12), 0.025);
  expect(measure).toMatchObject({ decision: 'worse', smallest: 0.005, version: { value: 0.06, n: 6000 } });
  expect(measure.difference.value).toBeCloseTo(0.05, 10);
  expect(measure.path).toHaveLength(30);
  // What was excluded once is excluded from then on.
  for (const [i, { low, high }] of measure.path.entries()) {
    expect(low).toBeGreaterThanOrEqual(measure.path[Math.max(0, i - 1)]!.low);
    expect(high).toBeLessThanOrEqual(measure.path[Math.max(0, i - 1)]!.high);
  }
});

test('too few values are a named status', () => {
  const { measure, times } = follow(GUARDRAILS[0]!, 'guardrail', hours(30, 12).map(few), 0.025);
  expect(measure).toMatchObject({
    decision: 'unknown',
    difference: { value: null, status: 'not_enough_data' },
  });
  expect(times).toBeNull();
});
const few = (step: Step): Step => ({ ...step, baseline: errors(1, 0), version: errors(1, 0) });

const measure = (of: Partial<VerdictMeasure>): VerdictMeasure => ({
  ...{ id: 'accuracy', title: 'accuracy', unit: 'share', worse: 'lower', role: 'primary', smallest: 0.01 },
  ...{ version: { value: 0.9, n: 5000 }, baseline: { value: 0.9, n: 5000 } },
  ...{ difference: at(0.008, 0.003), decision: 'better', path: [], ...of },
});
const said = (...followed: [VerdictMeasure, number | null][]) => {
  const { by, ...found } = recommend(
    followed.map(([one, times]) => ({ measure: one, times })),
    4 * 86_400_000,
  );
  const named = { by: 'version' as const, version: '2', baseline: '1', from: '2026-11-01T00:00:00.000Z' };
  return { ...found, sentence: verdictSentence({ ...named, ...found }, by) };
};

test('better: safe to stop now', () => {
  expect(said([measure({}), 1])).toEqual({
    ...{ recommendation: 'promote', safe_to_stop: true, needs: null },
    sentence:
      'Version 2 is better than version 1: accuracy +0.8 points (+0.5 to +1.1 points). Safe to stop now.',
  });
});

test('not yet: how much longer', () => {
  const open = measure({ decision: 'not_yet', difference: at(0.004, 0.008) });
  expect(said([open, 2])).toEqual({
    ...{ recommendation: 'wait', safe_to_stop: false, needs: { rows: 10_000, ms: 4 * 86_400_000 } },
    sentence:
      'Not yet: about 4 days more at the present traffic, some 10,000 predictions. So far accuracy +0.4 points (−0.4 to +1.2 points).',
  });
});

test('a guardrail that suffers stops a better version', () => {
  const slow = measure({
    ...{ id: 'latency_mean', title: 'mean answer time', unit: 'ms', worse: 'higher', role: 'guardrail' },
    ...{ decision: 'worse', difference: at(12, 3) },
  });
  expect(said([measure({}), 1], [slow, 1])).toMatchObject({
    recommendation: 'stop',
    sentence: 'Version 2 is worse than version 1: mean answer time +12 ms (+9 to +15 ms). Safe to stop now.',
  });
});

test('nothing to tell is said as such', () => {
  expect(said()).toMatchObject({ recommendation: 'unknown', safe_to_stop: false });
  expect(said([measure({ decision: 'unknown' }), null]).sentence).toMatch(/^Not known yet/);
  expect([lasting(30_000), lasting(3 * HOUR), lasting(49 * HOUR)]).toEqual(['1 minute', '3 hours', '2 days']);
});
