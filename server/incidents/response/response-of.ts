import type { Response } from '../../../contract/incident.ts';
import type { ResponseClock } from '../../../contract/response.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { afterMinutes } from '../../../contract/week-hours.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';

type Clocked = Pick<
  IncidentRow,
  'priority' | 'status' | 'opened_at' | 'waiting_since' | 'acknowledged_at' | 'resolved_at' | 'snoozed_until'
>;

/**
 * Until when an incident is to be acknowledged and resolved, and what was or is late, by the clock of its priority. Acknowledging counts from when it
 * began to wait; a snoozed one is nobody's to acknowledge. What is over was acknowledged by its end. Pure.
 */
export function responseOf(row: Clocked, clocks: readonly ResponseClock[], now: number): Response {
  const clock = clocks.find(({ priority }) => priority === row.priority);
  if (clock === undefined) return { acknowledge_by: null, resolve_by: null, breached: [] };
  const { acknowledge_minutes, resolve_minutes, hours } = clock;
  const asked = acknowledge_minutes !== null && row.snoozed_until === null;
  const acknowledge = asked ? afterMinutes(hours, row.waiting_since, acknowledge_minutes) : null;
  const resolve = resolve_minutes === null ? null : afterMinutes(hours, row.opened_at, resolve_minutes);
  const acknowledged = row.acknowledged_at ?? row.resolved_at ?? now;
  const breached: Response['breached'] = [];
  if (acknowledge !== null && acknowledged > acknowledge) breached.push('acknowledge');
  if (resolve !== null && (row.resolved_at ?? now) > resolve) breached.push('resolve');
  return {
    acknowledge_by: acknowledge === null ? null : rfc3339(acknowledge),
    resolve_by: resolve === null ? null : rfc3339(resolve),
    breached,
  };
}
