import { describe, expect, test } from 'vitest';
import type { Alert, Cause } from '../../api/types.ts';
import { KINDS } from '../kinds.testing.ts';
import { because, evidenceFor, harmOf, lasted, lastWindow, rangeOf, readings } from './story.ts';

const alert = (kind: string, column: string, since: string, state: Alert['state'] = 'firing'): Alert => ({
  id: `${kind} ${column}`,
  model: 'm',
  monitor: 'x',
  kind,
  metric: 'x',
  layer: 'data',
  column,
  segment: '',
  version: '',
  state,
  reason: 'above_threshold',
  since,
  value: 1,
  low: null,
  high: null,
  n: 1,
  threshold: 0.1,
  incident: 'i',
});
const cause = (kind: string, column: string): Cause => ({
  kind,
  column,
  confidence: 0.5,
  sentence: '',
  evidence: [],
});
const ALERTS = [
  alert('drift', 'temp', '2012-01-02T00:00:00Z'),
  alert('missing', 'hum', '2012-01-03T00:00:00Z'),
  alert('drift', 'hum', '2012-01-02T00:00:00Z'),
  alert('performance', '', '2012-01-04T00:00:00Z'),
];

describe('evidenceFor', () => {
  test('the alert of the cause and its column', () => {
    expect(evidenceFor(cause('missing_values', 'hum'), ALERTS, KINDS)?.id).toBe('missing hum');
    expect(evidenceFor(cause('covariate_shift', 'temp'), ALERTS, KINDS)?.id).toBe('drift temp');
  });
  test('the first on the column when none is named like the cause', () => {
    expect(evidenceFor(cause('unit_change', 'hum'), ALERTS, KINDS)?.id).toBe('drift hum');
  });
  test('quality for a cause without a column, nothing without alerts', () => {
    expect(evidenceFor(cause('concept_shift', ''), ALERTS, KINDS)?.id).toBe('performance ');
    expect(evidenceFor(cause('x', 'unknown'), [], KINDS)).toBeUndefined();
  });
});

test('the range begins before the incident and ends after it', () => {
  const incident = {
    status: 'resolved' as const,
    started_at: '2012-01-10T00:00:00Z',
    last_at: '2012-01-20T00:00:00Z',
    going_to: null,
  };
  const range = rangeOf(incident);
  expect(new Date(range.from).toISOString()).toBe('2012-01-05T00:00:00.000Z');
  expect(new Date(range.to).toISOString()).toBe('2012-01-21T00:00:00.000Z');
  expect(lasted(incident)).toBe('10 d');
});

test('an incident that goes on reaches to the newest event, and never beyond the data', () => {
  const incident = {
    status: 'open' as const,
    started_at: '2012-01-10T00:00:00Z',
    last_at: '2012-01-11T00:00:00Z',
    going_to: null,
  };
  const extent = {
    first: Date.parse('2012-01-09T00:00:00Z'),
    last: Date.parse('2012-01-30T00:00:00Z'),
    bucket: 3_600_000,
  };
  const range = rangeOf(incident, extent);
  expect(new Date(range.from).toISOString()).toBe('2012-01-09T00:00:00.000Z');
  expect(new Date(range.to).toISOString()).toBe('2012-01-30T01:00:00.000Z');
});

test('the last window ends with the bucket of the last change', () => {
  const model = { bucket_ms: 3_600_000, window_ms: 86_400_000 };
  expect(lastWindow({ last_at: '2012-01-10T05:00:00Z' }, model)).toEqual({
    from: Date.parse('2012-01-09T06:00:00Z'),
    to: Date.parse('2012-01-10T06:00:00Z'),
  });
});

test('an incident of one moment still has a range', () => {
  const at = '2012-01-10T00:00:00Z';
  const range = rangeOf({ status: 'resolved', started_at: at, last_at: at, going_to: null });
  expect(range.to).toBeGreaterThan(range.from);
  expect(lasted({ started_at: at, last_at: at, going_to: null })).toBe('1 h');
});

test('because says what fires', () => {
  expect(because(ALERTS, KINDS)).toBe('4 alerts firing: input drift, missing values, performance');
  expect(because([alert('drift', 'a', '', 'resolved')], KINDS)).toBe('none of its alerts fires any more');
});

test('the harm is what hurts most and fires; moved inputs alone are none', () => {
  const slow = alert('latency', '', '', 'firing');
  const wrong = alert('performance', '', '', 'firing');
  expect(harmOf([alert('drift', 'a', '', 'firing'), slow, wrong], KINDS)).toBe(wrong);
  expect(harmOf([alert('performance', '', '', 'resolved'), slow], KINDS)).toBe(slow);
  expect(harmOf([alert('drift', 'a', '', 'firing')], KINDS)).toBeUndefined();
});

test('readings: the interval is one entry, counts are whole', () => {
  const evidence = [
    { name: 'missing_share', value: 0.0912 },
    { name: 'low', value: 0.07 },
    { name: 'high', value: 0.11 },
    { name: 'n', value: 1440 },
    { name: 'owner', value: null },
  ];
  expect(readings(evidence).map(({ name, value }) => `${name} ${value}`)).toEqual([
    'share missing 9.1 %',
    'interval 7–11 %',
    'n 1,440',
    'owner –',
  ]);
});

test('an incident that was resolved by hand lasts as far as it had gone on then', () => {
  const started_at = '2026-03-01T00:00:00Z';
  const going_to = '2026-03-01T12:00:00Z';
  expect(lasted({ started_at, last_at: '2026-03-01T01:00:00Z', going_to })).toBe('12 h');
});
