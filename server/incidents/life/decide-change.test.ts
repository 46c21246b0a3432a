import { expect, test } from 'vitest';
import { CauseKind, type IncidentChange } from '../../../contract/incident.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { HYPOTHESES } from '../causes/index.ts';
import { decideChange } from './decide-change.ts';
import { UNTOUCHED } from './untouched.ts';

const NOW = Date.UTC(2026, 10, 20, 10);
const OPEN = { ...UNTOUCHED, status: 'open', episode: 1, withdrawn: 0 } as IncidentRow;
const BEN = { status: 'acknowledged', acknowledged_by: 'ben@x.example', acknowledged_at: NOW - 5 } as const;
const OVER = { status: 'resolved', resolved_at: NOW - 5, resolved_by: 'ben@x.example' } as const;

const decide = (row: Partial<IncidentRow>, change: IncidentChange) =>
  decideChange({ ...OPEN, ...row }, change, { now: NOW, by: 'ada@x.example', going: null });

test.each<[string, Partial<IncidentRow>, IncidentChange, string]>([
  [
    'two acknowledge',
    BEN,
    { status: 'acknowledged' },
    'ben@x.example acknowledged it already, at 2026-11-20',
  ],
  [
    'two resolve',
    OVER,
    { status: 'resolved', verdict: 'real' },
    'ben@x.example resolved it since 2026-11-20',
  ],
  [
    'over meanwhile',
    { ...OVER, resolved_by: null },
    { status: 'acknowledged' },
    'It is over since 2026-11-20',
  ],
  ['over meanwhile', OVER, { snooze: { until: null } }, 'nothing to snooze'],
  ['merged meanwhile', { ...OVER, merged_into: 'i9' }, { status: 'open' }, 'merged into i9'],
  [
    'looked before',
    { ...BEN, revision: 3 },
    { assignee: 'ada', revision: 2 },
    'acknowledged by ben@x.example',
  ],
])('%s: the second is told who was first, and changes nothing', (_, row, change, said) => {
  expect(() => decide(row, change)).toThrow(said);
});

test('what does not decide never conflicts, and what is the same again changes nothing', () => {
  expect(decide({ revision: 3 }, { comment: 'cents', revision: 1 }).events).toEqual([
    { kind: 'comment', text: 'cents' },
  ]);
  const same = decide({ ...BEN, acknowledged_by: 'ada@x.example' }, { status: 'acknowledged' });
  expect(same).toMatchObject({ events: [], news: [], row: { revision: 0 } });
});

test('each change is told, and counted once', () => {
  const { row, events, news } = decide(
    { revision: 3, snoozed_until: 0 },
    { status: 'resolved', assignee: 'ben', verdict: 'false_alarm', found: 'unit_change', revision: 3 },
  );
  expect(row).toMatchObject({
    ...{ status: 'resolved', resolved_by: 'ada@x.example', assignee: 'ben', found: 'unit_change' },
    ...{ revision: 4, snoozed_until: null },
  });
  expect(events.map(({ kind, text }) => `${kind} ${text}`.trim())).toEqual([
    'resolved',
    'assigned to ben',
    'verdict false alarm',
    'found the cause: unit change',
  ]);
  expect(news).toEqual(['resolved']);
});

test.each([
  [NOW - 1, 'in the past'],
  [NOW, 'in the past'],
  [NOW + 31 * 86_400_000, 'within the next 30 days'],
])('a snooze until %d is refused', (until, said) => {
  expect(() => decide({}, { snooze: { until } })).toThrow(said);
});

test('people may find each cause that is asked for', () => {
  expect(CauseKind.options).toEqual(HYPOTHESES.map(({ kind }) => kind));
});
