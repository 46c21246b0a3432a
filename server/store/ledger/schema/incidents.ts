import type { Generated } from 'kysely';
import type { Flag, Json } from './values.ts';

export interface IncidentRow {
  id: string;
  /** The first model it was seen on. */
  model: string;
  /** What its alerts have in common: only alerts with the same may join (see incidents/ties.ts). */
  grouped_by: string;
  /** 1, and one more each time it was reopened. */
  episode: number;
  status: 'open' | 'acknowledged' | 'resolved';
  priority: 'P1' | 'P2' | 'P3';
  title: string;
  /** Event time at which the earliest alert began. */
  started_at: number;
  /** Event time of the last change. */
  last_at: number;
  /** Wall clock. */
  opened_at: number;
  resolved_at: number | null;
  /** The person who resolved it, and the event time up to which it had gone on then, if it was not over; null when it ended by itself. */
  resolved_by: string | null;
  going_to: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  /** Wall clock since when it waits for somebody who acknowledges it: it opened, came back, or was woken then. */
  waiting_since: number;
  /** Who looks after it: an email or a name. */
  assignee: string | null;
  /** Wall clock until which nobody is reminded of it; 0: until it changes; null: it is not snoozed. */
  snoozed_until: number | null;
  snoozed_by: string | null;
  verdict: string | null;
  /** The kind of cause that a person found it to have. */
  found: string | null;
  /** The incident that has its alerts now. */
  merged_into: string | null;
  /** Counts what people decided of it, so that nobody decides on what another has changed since. */
  revision: number;
  /** 1: as known now, it never was. */
  withdrawn: Flag;
  /** Why it ended, where that shows no recovery: `reference_changed`. Else null. */
  ended: string | null;
  /** Ranked causes, JSON as in contract/incident.ts. */
  causes: Json;
  /** What the causes rest on: 1 evidence of the time around the change, 0 alerts alone, 2 alerts alone since no evidence could be read. */
  diagnosed: 0 | 1 | 2;
  /** What it cost when that was last looked at, JSON as in contract/loss.ts; and the wall clock of a look that nothing else asked for. */
  losses: Json;
  priced_at: number;
  /** What `losses` rested on at the last look that read it (see incidents/loss/priced-as.ts); empty before the first. */
  priced_as: string;
  updated_at: number;
}

export interface IncidentAlertRow {
  incident: string;
  alert: string;
  /** Of the alert. */
  model: string;
  firing: Flag;
  /** Event time. */
  since: number;
  /** The worst it was: value, interval, n, threshold, baseline, reason. JSON. */
  peak: Json;
  /** Why it ceased to fire, as the decision log has it; null while it fires. */
  ended: string | null;
  /** What it shares with the incident, where that is not its model: `output/credit-risk`, `source/bureau` (see incidents/ties.ts). Else empty. */
  tie: string;
  /** When it fired: `since` and `peak` of each stretch, JSON; none when all was taken back, which then explains nothing. */
  episodes: Json;
}

export interface IncidentEventRow {
  seq: Generated<number>;
  incident: string;
  at: number;
  kind:
    | 'opened'
    | 'alert_joined'
    | 'spread'
    | 'priority_raised'
    | 'acknowledged'
    | 'resolved'
    | 'reopened'
    | 'corrected'
    | 'reference_changed'
    | 'notified'
    | 'assigned'
    | 'snoozed'
    | 'snooze_over'
    | 'verdict'
    | 'found'
    | 'merged'
    | 'split'
    | 'silenced'
    | 'escalated'
    | 'approval_asked'
    | 'action'
    | 'step_done'
    | 'step_undone'
    | 'comment';
  actor: string;
  /** The id of who acted; null where nobody did, and in lines from before ids were kept. */
  actor_id: string | null;
  text: string;
}

/** By what alerts may join an incident: its own group, and those of what was merged into it. */
export interface IncidentGroupRow {
  incident: string;
  grouped_by: string;
}

/** How soon incidents of a priority are to be acknowledged and resolved. `clock`: JSON as in contract/response.ts. */
export interface ResponseClockRow {
  priority: 'P1' | 'P2' | 'P3';
  clock: Json;
  updated_at: number;
}

/** How far the decision log has been read. One row (id 1). */
export interface IncidentCursorRow {
  id: number;
  seq: number;
}
