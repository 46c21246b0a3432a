import { expect, test } from 'vitest';
import type { Signal } from '../../api/types.ts';
import { heatOf, linesOf, silence, worstColumn } from './signals.ts';

const at = (hour: number) => new Date(Date.UTC(2012, 0, 1, hour)).toISOString();
function signal(
  kind: Signal['kind'],
  column: string,
  values: (number | null)[],
  change: Partial<Signal> = {},
): Signal {
  return {
    id: `${kind} ${column}`,
    monitor: 'm',
    kind,
    metric: kind,
    layer: 'data',
    column,
    folded: false,
    fold: null,
    segment: '',
    version: '',
    definition: 'd@1',
    threshold: 0.1,
    unit: 'share',
    points: values.map((value, hour) => ({
      time: at(hour),
      value,
      low: null,
      high: null,
      n: 10,
      status: 'ok',
    })),
    ...change,
  };
}

test('heatOf ranks drift of whole columns and leaves segments out', () => {
  const signals = [
    signal('drift', 'a', [0.2]),
    signal('drift', 'b', [0.15]),
    signal('drift', 'c', [9], { segment: 'country=FR' }),
    signal('prediction_drift', '', [9]),
  ];
  const ranked = heatOf(
    signals,
    new Map([
      ['a', 0.1],
      ['b', 0.9],
    ]),
  );
  expect(ranked.map((row) => row.column)).toEqual(['b', 'a']);
});

test('worstColumn takes the folded line of its kind, of the whole model', () => {
  const folded = [
    signal('missing', 'c', [0.9], { segment: 'country=FR' }),
    signal('range', 'a', [0.5]),
    signal('missing', 'b', [0.3, 0.2, null]),
  ];
  const worst = worstColumn(folded, 'missing')!;
  expect(worst.points.map((point) => point.value)).toEqual([0.3, 0.2, null]);
  expect(worst).toMatchObject({ column: 'b', threshold: 0.1, unit: 'share' });
  expect(worstColumn(folded, 'invalid')).toBeNull();
  expect(worstColumn([], 'missing')).toBeNull();
});

test('an earlier time is drawn under the current one, in grey', () => {
  const now = signal('volume', '', [1, 2]);
  const before = signal('volume', '', [3, 4]);
  const lines = linesOf(now, 'now', { signals: [before], by: 7_200_000, name: 'before' });
  expect(lines.map((line) => line.part)).toEqual(['current', 'reference']);
  expect(lines[1]!.points[0]!.time).toBe(Date.parse(at(2)));
  expect(linesOf(now, 'now')).toHaveLength(1);
});

test('a series without any value is silent for the reason of its newest point', () => {
  const points = (...values: (number | null)[]) => values.map((value, i) => ({ value, status: `s${i}` }));
  expect(silence(points(null, null))).toBe('s1');
  expect(silence(points(null, 1, null))).toBeNull();
  expect(silence([])).toBe('no_data');
});
