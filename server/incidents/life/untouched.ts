import type { IncidentRow } from '../../store/ledger/schema.ts';

/** What people may say of an incident. */
export type Said = Pick<
  IncidentRow,
  | 'acknowledged_at'
  | 'acknowledged_by'
  | 'assignee'
  | 'snoozed_until'
  | 'snoozed_by'
  | 'verdict'
  | 'found'
  | 'merged_into'
  | 'revision'
>;

/** Of an incident of which nobody said anything yet. */
export const UNTOUCHED: Said = {
  acknowledged_at: null,
  acknowledged_by: null,
  assignee: null,
  snoozed_until: null,
  snoozed_by: null,
  verdict: null,
  found: null,
  merged_into: null,
  revision: 0,
};

/** Of an incident that is no longer snoozed. */
export const AWAKE = { snoozed_until: null, snoozed_by: null } as const;
