import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrillOutcome } from '../../contract/drill.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { drillFigures } from './figures.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
  await tilt.json('POST', '/api/v1/models', { id: 'loans', task: 'binary' });
});
afterAll(() => tilt.stop());

const cause = (kind: string, confidence: number) => ({ kind, columns: ['income'], confidence });
const outcome = (change: Partial<DrillOutcome> = {}): DrillOutcome => ({
  ...{ fault: 'unit_change', strength: '×100', shape: 'abrupt', innocent: false, table: 'loans' },
  ...{ columns: ['income'], found: true, delay: 2, incidents: 1, false_incidents: 0, notifications: 1 },
  ...{ causes: [cause('unit_change', 0.9)], place: 1, title: 'income is 100 times larger' },
  ...change,
});
const OUTCOMES = [
  ...Array.from({ length: 8 }, () => outcome()),
  outcome({ shape: 'gradual', place: 2, causes: [cause('out_of_range', 0.88)], notifications: 3, delay: 7 }),
  outcome({ found: false, delay: null, incidents: 0, notifications: 0, causes: [], place: null }),
  outcome({ innocent: true, causes: [cause('new_version', 0.6)], place: null }),
  outcome({
    fault: null,
    found: false,
    delay: null,
    incidents: 0,
    false_incidents: 1,
    causes: [],
    place: null,
  }),
];

test('figures of a drill: Wilson intervals as statsmodels has them, what was found alone counts for causes', () => {
  const { all, confidence, blamed, clean, by_fault } = drillFigures(OUTCOMES, 44);
  expect(all.found).toMatchObject({ n: 10, of: 11 });
  // proportion_confint(10, 11, method='wilson')
  expect([all.found.low, all.found.high].map((end) => end!.toFixed(4))).toEqual(['0.6226', '0.9838']);
  expect([all.first, all.top_three].map(({ n, of }) => [n, of])).toEqual([
    [8, 10],
    [9, 10],
  ]);
  expect(all).toMatchObject({ delay: 2, two_messages: { n: 9, of: 10 } });
  expect(confidence.map(({ from, right: { n, of } }) => [from, n, of])).toEqual([
    [0, 0, 0],
    [0.5, 0, 1],
    [0.7, 0, 0],
    [0.85, 8, 9],
    [0.95, 0, 0],
  ]);
  expect(blamed).toMatchObject({ n: 1, of: 1 });
  expect(clean).toEqual({ replays: 1, buckets: 44, incidents: 1, early: 0 });
  expect(by_fault.map(({ name }) => name)).toEqual(['unit_change']);
});

test('a drill is kept with who ran it, listed, read, and told as a report; it goes with its model', async () => {
  const kept = await tilt.json('POST', '/api/v1/drills', {
    ...{ about: 'loans, its | history', model: 'loans', rows: 250, clean_buckets: 44, outcomes: OUTCOMES },
  });
  expect(kept.status).toBe(201);
  const { id, by } = kept.body;
  expect((await tilt.json('GET', '/api/v1/drills?model=loans')).body.items).toMatchObject([{ id, by }]);
  expect((await tilt.json('GET', `/api/v1/drills/${id}`)).body.outcomes).toHaveLength(OUTCOMES.length);
  const { body: report, headers } = await tilt.json<string>('GET', `/api/v1/drills/${id}/report`);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="drill-${id}.md"`);
  expect(report).toContain('# Drill: loans, its \\| history');
  expect(report).toContain('| 0.85 to 0.95 | 9 | 8 of 9 (89 %, 57 to 98) |');
  expect(report).toContain('1 incidents in 1 replays in which nothing broke (44 hours)');
  const { body: log } = await tilt.json('GET', '/api/v1/audit?limit=1');
  expect(log.items).toMatchObject([{ action: 'drill.keep', target: id }]);
});

test('what is no drill is refused with what is wrong', async () => {
  const drill = { about: 'x', rows: 250, clean_buckets: 44, outcomes: OUTCOMES };
  for (const [wrong, code] of [
    [{ outcomes: [] }, 'invalid_request'],
    [{ outcomes: [{ ...OUTCOMES[0], delay: 'soon' }] }, 'invalid_request'],
    [{ model: 'nobody' }, 'not_found'],
  ] as const) {
    const { body } = await tilt.json('POST', '/api/v1/drills', { ...drill, ...wrong });
    expect(body.error.code).toBe(code);
  }
  expect((await tilt.json('GET', '/api/v1/drills/none/report')).status).toBe(404);
});
