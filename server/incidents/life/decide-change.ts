import { TiltmeterError } from '../../../contract/errors.ts';
import type { IncidentChange } from '../../../contract/incident.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import type { IncidentEventRow, IncidentRow } from '../../store/ledger/schema.ts';
import type { AnnouncedEvent } from '../announce.ts';
import { AWAKE } from './untouched.ts';

/** Longer is no snooze but a mute. */
const LONGEST_SNOOZE_MS = 30 * 86_400_000;

export interface Decided {
  readonly row: IncidentRow;
  readonly events: readonly { readonly kind: IncidentEventRow['kind']; readonly text: string }[];
  /** What people are told, in this order. */
  readonly news: readonly AnnouncedEvent[];
}

interface Moment {
  readonly now: number;
  /** Who decides, for people to read. */
  readonly by: string;
  /** Event time up to which it is known to go on; null when it is over. */
  readonly going: number | null;
}

/**
 * What a person's change makes of an incident. Pure. Errors: conflict, when somebody else decided otherwise meanwhile (says who, what and
 * when; nothing is changed), invalid_request (a snooze into the past).
 */
export function decideChange(row: IncidentRow, change: IncidentChange, at: Moment): Decided {
  refuseStale(row, change, at.by);
  const events: { kind: IncidentEventRow['kind']; text: string }[] = [];
  const news: AnnouncedEvent[] = [];
  let next = row;
  const status = change.status ?? row.status;
  if (status !== row.status) {
    next = moved(row, status, at);
    const going = status === 'resolved' && at.going !== null ? 'while it was still going on' : '';
    events.push({ kind: status === 'open' ? 'reopened' : status, text: going });
    if (row.status === 'resolved') news.push('reopened');
    if (status === 'resolved') news.push('resolved');
  }
  if (change.assignee !== undefined && change.assignee !== row.assignee) {
    next = { ...next, assignee: change.assignee };
    events.push({ kind: 'assigned', text: change.assignee === null ? 'to nobody' : `to ${change.assignee}` });
  }
  if (change.snooze === null && row.snoozed_until !== null) {
    next = { ...next, ...AWAKE, waiting_since: at.now };
    events.push({ kind: 'snooze_over', text: 'woken by hand' });
  } else if (change.snooze) {
    const until = snoozedUntil(change.snooze.until, at.now);
    next = { ...next, snoozed_until: until, snoozed_by: at.by };
    events.push({ kind: 'snoozed', text: until === 0 ? 'until it changes' : `until ${rfc3339(until)}` });
  }
  if (change.verdict !== undefined && change.verdict !== row.verdict) {
    next = { ...next, verdict: change.verdict };
    events.push({ kind: 'verdict', text: change.verdict?.replaceAll('_', ' ') ?? 'withdrawn' });
  }
  if (change.found !== undefined && change.found !== row.found) {
    next = { ...next, found: change.found };
    events.push({
      kind: 'found',
      text: change.found === null ? 'no cause' : `the cause: ${change.found.replaceAll('_', ' ')}`,
    });
  }
  if (events.length > 0) next = { ...next, revision: row.revision + 1 };
  const comment = change.comment?.trim() ?? '';
  if (comment !== '') events.push({ kind: 'comment', text: comment });
  return { row: { ...next, updated_at: at.now }, events, news };
}

function moved(row: IncidentRow, status: IncidentRow['status'], { now, by, going }: Moment): IncidentRow {
  const over = status === 'resolved';
  return {
    ...row,
    status,
    episode: row.status === 'resolved' ? row.episode + 1 : row.episode,
    withdrawn: over ? row.withdrawn : 0,
    waiting_since: status === 'open' ? now : row.waiting_since,
    resolved_at: over ? now : null,
    resolved_by: over ? by : null,
    going_to: over ? going : null,
    acknowledged_at: status === 'open' ? null : (row.acknowledged_at ?? now),
    acknowledged_by: status === 'open' ? null : (row.acknowledged_by ?? by),
    ...(over ? AWAKE : {}),
  };
}

function snoozedUntil(until: string | number | null, now: number): number {
  if (until === null) return 0;
  const ms = epochMs(until);
  if (ms <= now)
    throw new TiltmeterError('invalid_request', 'snooze: until must lie ahead; it is in the past');
  if (ms > now + LONGEST_SNOOZE_MS)
    throw new TiltmeterError('invalid_request', 'snooze: until must lie within the next 30 days');
  return ms;
}

/** Errors: conflict, with what was decided meanwhile. */
function refuseStale(row: IncidentRow, change: IncidentChange, by: string): void {
  const { status, assignee, snooze, verdict, found, revision } = change;
  const decides = [status, assignee, snooze, verdict, found].some((each) => each !== undefined);
  if (!decides) return;
  const refuse = (why: string) => {
    const { status, acknowledged_by, assignee, resolved_by, merged_into, revision } = row;
    throw new TiltmeterError('conflict', `${why} Nothing was changed.`, {
      details: { status, acknowledged_by, assignee, resolved_by, merged_into, revision },
    });
  };
  if (row.merged_into !== null && status !== undefined)
    refuse(`It was merged into ${row.merged_into}: change that one, or split it.`);
  if (status === 'acknowledged' && row.status === 'resolved')
    refuse(`${overSince(row)}; reopen it first, if it goes on.`);
  if (snooze && row.status === 'resolved') refuse(`${overSince(row)}; there is nothing to snooze.`);
  if (status === 'acknowledged' && row.acknowledged_by !== null && row.acknowledged_by !== by)
    refuse(`${row.acknowledged_by} acknowledged it already, at ${rfc3339(row.acknowledged_at ?? 0)}.`);
  if (
    status === 'resolved' &&
    row.status === 'resolved' &&
    row.resolved_by !== null &&
    row.resolved_by !== by
  )
    refuse(`${overSince(row)}.`);
  if (revision !== undefined && revision !== row.revision)
    refuse(`Somebody decided something of it since you looked: ${standing(row)}. Look again, then decide.`);
}

function overSince({ resolved_at, resolved_by }: IncidentRow): string {
  const who = resolved_by === null ? 'It is over' : `${resolved_by} resolved it`;
  return `${who} since ${rfc3339(resolved_at ?? 0)}`;
}

/** `it is acknowledged by maria@example.org, assigned to nobody` */
function standing({ status, acknowledged_by, resolved_by, assignee }: IncidentRow): string {
  const who = status === 'acknowledged' ? acknowledged_by : status === 'resolved' ? resolved_by : null;
  return `it is ${status}${who === null ? '' : ` by ${who}`}, assigned to ${assignee ?? 'nobody'}`;
}
