import { expect, test } from 'vitest';
import type { IncidentDetail } from '../../contract/incident.ts';
import { HOUR } from '../demo/story.ts';
import { FAULTS } from './faults/index.ts';
import type { Replayed } from './replayed.ts';
import { matrix } from './scenario.ts';
import { scoreOf } from './score.ts';

const ONSET = 100 * HOUR;
const [scenario] = matrix({
  ...{ tables: ['t'], faults: FAULTS.slice(0, 1), shapes: ['abrupt'], innocent: [false] },
  ...{ clean: 0, seed: 1 },
});
const replay = { scenario, planted: { columns: ['a'] }, onset: ONSET } as unknown as Replayed;

function incident(bucket: number, more: Partial<IncidentDetail> = {}): IncidentDetail {
  const at = new Date(ONSET + (bucket - 1) * HOUR).toISOString();
  return {
    ...{ title: 'Missing values in a', started_at: at, withdrawn: false, causes: [] },
    alerts: [{ kind: 'missing', column: 'a' }],
    timeline: [
      { kind: 'opened', text: `missing a · ${at}` },
      { kind: 'priority_raised', text: 'P3 → P2' },
      { kind: 'alert_joined', text: 'drift a' },
      { kind: 'priority_raised', text: 'P2 → P1' },
    ],
    ...more,
  } as unknown as IncidentDetail;
}

test('a raise to P2 is no message; the bucket that decided counts from the onset', () => {
  expect(scoreOf(replay, [incident(2)], 1)).toMatchObject({
    ...{ found: true, delay: 2, decidable: 1, incidents: 1, falseIncidents: 0, notifications: 2 },
    told: [expect.stringMatching(/^opened missing a/), 'priority_raised P2 → P1'],
  });
});

test('what opened before the fault is false; what the server tells of itself is neither', () => {
  const own = incident(3, { title: 'Tiltmeter has judged nothing of t for 12 minutes', alerts: [] });
  expect(scoreOf(replay, [own, incident(0), incident(4)], 1)).toMatchObject({
    ...{ delay: 4, incidents: 1, falseIncidents: 1, notifications: 2 },
    ofItself: ['Tiltmeter has judged nothing of t for 12 minutes'],
    before: [`Missing values in a (missing a · ${new Date(ONSET - HOUR).toISOString()})`],
  });
});
