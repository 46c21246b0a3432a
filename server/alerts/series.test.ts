import { expect, test } from 'vitest';
import { unjudged } from '../monitors/kind.ts';
import type { Measurement } from '../signals/measurement.ts';
import { judgeSeries, type SeriesMemory } from './series.ts';

const rules = { m: 2, n: 3, keepOpen: 2, silentFor: 3 };
const values = [0, 0, 5, 7, 9, 6, 0, 0, 0, null, 5, 6, 0];

function measure(index: number): Measurement {
  const value = values[index]!;
  if (value === null) return unjudged('no_data', 'no_predictions');
  const verdict = value > 3 ? 'breach' : 'clear';
  return {
    value,
    low: value,
    high: value,
    n: 10,
    window: 1,
    threshold: 3,
    baseline: 1,
    status: 'ok',
    verdict,
    reason: verdict,
  };
}
const time = (index: number) => index * 10;

test('what fires is told with its worst bucket, when it fired and when it ended', () => {
  const { transitions, points } = judgeSeries(measure, 0, values.length, time, rules, null);
  expect(points).toHaveLength(values.length);
  const fired = transitions.filter(({ from, to }) => from === 'firing' || to === 'firing');
  expect(fired.slice(-2)).toMatchObject([
    { since: 20, time: 70, peak: { value: 9, baseline: 1 } },
    { since: 100, time: 110, peak: { value: 6 } },
  ]);
  expect(transitions.map(({ to, time: at }) => `${to}@${at}`)).toEqual([
    'ok@0',
    'pending@20',
    'firing@30',
    'firing@40',
    'resolved@70',
    'pending@100',
    'firing@110',
  ]);
});

test('bucket by bucket, through JSON, gives the same as in one go', () => {
  let memory: SeriesMemory | null = null;
  const transitions: string[] = [];
  for (let index = 0; index < values.length; index++) {
    const step = judgeSeries(measure, index, index + 1, time, rules, memory);
    memory = JSON.parse(JSON.stringify(step.memory)) as SeriesMemory;
    transitions.push(...step.transitions.map(({ to, time: at }) => `${to}@${at}`));
  }
  const whole = judgeSeries(measure, 0, values.length, time, rules, null);
  expect(memory).toEqual(JSON.parse(JSON.stringify(whole.memory)));
  expect(transitions).toEqual(whole.transitions.map(({ to, time: at }) => `${to}@${at}`));
});

test('a firing alert is told again when it got worse, and not for every small step', () => {
  const rising = Array.from({ length: 400 }, (_, i) => 10 + i * 0.1);
  const measured = (value: number): Measurement => ({ ...measure(2), value, baseline: 0 });
  const { transitions, memory } = judgeSeries(
    (i) => measured(rising[i]!),
    0,
    rising.length,
    time,
    rules,
    null,
  );
  const peaks = transitions.filter(({ to }) => to === 'firing').map(({ peak }) => peak!.value!);
  expect(peaks.length).toBeGreaterThan(20);
  expect(peaks.length).toBeLessThan(40);
  for (const [i, peak] of peaks.entries()) if (i > 0) expect(peak).toBeGreaterThan(1.05 * peaks[i - 1]!);
  expect(memory.peak!.value).toBe(rising.at(-1));
});

test('what ends an episode tells since when it was, and the worst of it', () => {
  const { transitions } = judgeSeries(measure, 0, values.length, time, rules, null);
  expect(transitions.find(({ to }) => to === 'resolved')).toMatchObject({
    from: 'firing',
    since: 20,
    peak: { value: 9 },
  });
});

test.each([
  ['by another reference alone', [5, 7, 0, 0], 2, 'reference_changed'],
  ['after it was beyond the threshold by the new one too', [5, 7, 6, 0, 0], 2, 'back_to_normal'],
  ['by the same', [5, 7, 0, 0], 4, 'back_to_normal'],
])('an end %s has its own reason', (_name, seen, changes, reason) => {
  const look = (i: number) =>
    ({ ...measure(2), value: seen[i]!, verdict: seen[i]! > 3 ? 'breach' : 'clear' }) as Measurement;
  const first = judgeSeries(look, 0, changes, time, { ...rules, comparedWith: 'a' }, null);
  const then = judgeSeries(look, changes, seen.length, time, { ...rules, comparedWith: 'b' }, first.memory);
  const told = [...first.transitions, ...then.transitions];
  expect(told.find(({ to }) => to === 'resolved')?.reason).toBe(reason);
});
