import { expect, test } from 'vitest';
import { figuresOf } from './figures.ts';
import { metricsOf, tagsOf } from './write-back.ts';

const measured = (value: number | null) => ({ value, low: null, high: null, n: 100, status: 'ok' });
const line = (version: string, value: number | null) => ({ version, quality: measured(value) }) as never;
const metric = { id: 'accuracy', title: 'accuracy', unit: 'share' };

test('the quality of each version, drift and incidents of the model', () => {
  const figures = figuresOf(
    { items: [line('1', 0.912345), line('2', null)], metric },
    { open_incidents: { P1: 1, P2: 0, P3: 2 } },
    [{ column: 'income' }, { column: 'age' }, { column: 'income' }, { column: '' }],
    'http://t/models/m',
  );
  expect([...figures.keys()]).toEqual(['1', '2']);
  expect(tagsOf(figures.get('1')!)).toEqual({
    'tiltmeter.accuracy': '0.9123',
    'tiltmeter.drift': 'age, income',
    'tiltmeter.incidents.open': '3',
    'tiltmeter.link': 'http://t/models/m',
  });
  expect(metricsOf(figures.get('1')!)).toEqual({
    'tiltmeter.accuracy': 0.9123,
    'tiltmeter.drift.columns': 2,
    'tiltmeter.incidents.open': 3,
  });
  expect(tagsOf(figures.get('2')!)).not.toHaveProperty('tiltmeter.accuracy');
});

test('a tag of many columns stays short; none is said', () => {
  const drifting = Array.from({ length: 30 }, (_, i) => `c${i}`);
  const figures = { quality: null, drifting, incidents: 0, link: 'http://t' };
  expect(tagsOf(figures)['tiltmeter.drift']).toMatch(/c19 and 10 more$/);
  expect(tagsOf({ ...figures, drifting: [] })['tiltmeter.drift']).toBe('none');
});
