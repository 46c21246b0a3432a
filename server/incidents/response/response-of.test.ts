import { expect, test } from 'vitest';
import type { ResponseClock } from '../../../contract/response.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { UNTOUCHED } from '../life/untouched.ts';
import { meansOf } from './figures.ts';
import { responseOf } from './response-of.ts';

const MIN = 60_000;
/** A Friday, 16:30. */
const OPENED = Date.UTC(2026, 10, 20, 16, 30);
const OFFICE = { zone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const CLOCKS: ResponseClock[] = [
  { priority: 'P1', acknowledge_minutes: 15, resolve_minutes: 60, hours: null },
  { priority: 'P2', acknowledge_minutes: 60, resolve_minutes: null, hours: OFFICE },
];
const OPEN = {
  ...UNTOUCHED,
  ...{ priority: 'P1', status: 'open', opened_at: OPENED, waiting_since: OPENED, resolved_at: null },
} as IncidentRow;
const at = (minutes: number) => OPENED + minutes * MIN;
const of = (row: Partial<IncidentRow>, minutes: number) =>
  responseOf({ ...OPEN, ...row }, CLOCKS, at(minutes));

test.each<[string, Partial<IncidentRow>, number, readonly string[]]>([
  ['in time so far', {}, 15, []],
  ['not acknowledged', {}, 16, ['acknowledge']],
  ['acknowledged in time', { acknowledged_at: at(10) }, 50, []],
  ['acknowledged late', { acknowledged_at: at(20) }, 50, ['acknowledge']],
  ['goes on for too long', { acknowledged_at: at(10) }, 61, ['resolve']],
  ['over in time', { resolved_at: at(14), status: 'resolved' }, 500, []],
  ['snoozed: nobody is to acknowledge it', { snoozed_until: at(500) }, 30, []],
  ['woken: the clock begins anew', { waiting_since: at(40) }, 50, []],
  ['over the weekend no clock runs', { priority: 'P2' }, 2 * 24 * 60, []],
  ['no clock', { priority: 'P3' }, 9999, []],
])('%s', (_, row, minutes, breached) => expect(of(row, minutes).breached).toEqual(breached));

test('until when is told', () => {
  expect(of({ priority: 'P2' }, 1)).toEqual({
    acknowledge_by: '2026-11-23T09:30:00.000Z',
    resolve_by: null,
    breached: [],
  });
});

test('means are of those that tell it, and a share of those with a clock', () => {
  const rows = [
    { ...OPEN, started_at: at(-30), acknowledged_at: at(10), resolved_at: at(50) },
    { ...OPEN, started_at: at(-10), acknowledged_at: at(30) },
    // the clock was set back
    { ...OPEN, priority: 'P3' as const, started_at: at(20) },
  ];
  expect(meansOf(rows, (row) => responseOf(row, CLOCKS, at(55)))).toEqual({
    incidents: 3,
    kept: 0.5,
    detect_ms: Math.round((40 * MIN) / 3),
    ...{ acknowledge_ms: 20 * MIN, acknowledged: 2, resolve_ms: 50 * MIN, resolved: 1 },
  });
  expect(meansOf([], () => of({}, 0))).toMatchObject({ incidents: 0, kept: null, detect_ms: null });
});
