import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import type { Seen } from './seen.ts';
import { testsOf } from './tests.ts';

const THRESHOLDS = new Map([
  ['missing', 0.03],
  ['invalid', 0.02],
  ['range', 0.05],
  ['new_category', 0.05],
  ['drift', 0.1],
  ['prediction_drift', 0.1],
  ['concept_drift/loss_rise', 0.02],
  ['error_rate', 0.02],
  ['label_coverage', 0.1],
  ['latency', 0.5],
  ['volume', 2],
]);

function rows(n: number, seed: number): Seen[] {
  const next = random(seed);
  return Array.from({ length: n }, () => ({
    features: { size: 100 * next() },
    answer: next(),
    loss: Number(next() < 0.1),
    latencyMs: 10 + next(),
    failed: false,
    labelled: true,
  }));
}

const tests = testsOf(rows(4000, 1), ['size'], 200, THRESHOLDS);
const isSure = (seen: readonly Seen[], buckets = seen.length / 200) =>
  tests.some((each) => each(seen, buckets));
const hit = (share: number, change: (row: Seen) => Seen) => (n: number) =>
  rows(n, 2).map((row, i) => (i % 100 < 100 * share ? change(row) : row));

test('nobody is sure of a fault that is none', () => {
  for (const buckets of [1, 2, 4, 8, 16]) expect(isSure(rows(200 * buckets, buckets + 5))).toBe(false);
});

test.each<[name: string, of: (n: number) => Seen[]]>([
  ['a fifth is missing', hit(0.2, (row) => ({ ...row, features: { size: null } }))],
  ['a fifth is of another type', hit(0.2, (row) => ({ ...row, features: { size: '12 kg' } }))],
  ['all are in another unit', hit(1, (row) => ({ ...row, features: { size: 1 } }))],
  ['a third of the answers is wrong', hit(0.3, (row) => ({ ...row, loss: 1 }))],
  ['a tenth fails', hit(0.1, (row) => ({ ...row, failed: true }))],
  ['half of the labels do not come', hit(0.5, (row) => ({ ...row, labelled: false }))],
  ['all is twice as slow', hit(1, (row) => ({ ...row, latencyMs: 2 * row.latencyMs }))],
])('%s: sure after one bucket', (_name, of) => expect(isSure(of(200))).toBe(true));

test('a tenth of the traffic, or eight times as much, is sure after one bucket', () => {
  expect(isSure(rows(20, 3), 1)).toBe(true);
  expect(isSure(rows(1600, 3), 1)).toBe(true);
});

test('a fault that is small beside its noise takes more rows, and one below the threshold is never sure', () => {
  const slight = hit(0.09, (row) => ({ ...row, features: { size: 250 } }));
  const missing = (share: number) => hit(share, (row) => ({ ...row, features: { size: null } }));
  expect(isSure(missing(0.06)(200))).toBe(false);
  expect(isSure(slight(3200))).toBe(true);
  expect(isSure(missing(0.005)(20_000))).toBe(false);
});
