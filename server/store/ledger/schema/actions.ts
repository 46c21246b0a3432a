import type { Flag, Json } from './values.ts';

export interface ChannelRow {
  id: string;
  name: string;
  kind: string;
  /** Options of the channel's kind, JSON, sealed with the secret key: they hold secrets. */
  options: string;
  enabled: Flag;
  /** What it is told of by itself: every incident, nothing but its digests, or where the audit log ends. */
  tells: 'incidents' | 'digests' | 'audit_head';
  /** Which incidents, JSON; empty: every one. */
  only_of: Json;
  /** Hours in which it is left alone, JSON as in contract/channel.ts; null: none. */
  quiet: Json | null;
  /** How many messages it gets in an hour at most; null: as many as there are. */
  per_hour: number | null;
  created_at: number;
  updated_at: number;
}

/** A message to one channel. Unique by channel, incident, episode, event and `raised_to`: each thing is told once. */
export interface OutboxRow {
  /** Also the idempotency key of all its tries. */
  id: string;
  channel: string;
  incident: string;
  /** Place among the messages of this channel and incident, from 1; they are sent in this order. */
  sequence: number;
  /** 1, and one more each time the incident was reopened. */
  episode: number;
  event:
    | 'opened'
    | 'priority_raised'
    | 'snooze_over'
    | 'escalated'
    | 'approval_asked'
    | 'resolved'
    | 'reopened'
    | 'digest'
    | 'audit_head'
    | 'test';
  /** Of `priority_raised`: the new priority; of `snooze_over`: the revision of the incident; of `escalated`: the step; of `digest`: when it was due; else empty. */
  raised_to: string;
  payload: Json;
  state: 'waiting' | 'delivered' | 'failed';
  /** Tries that the receiver refused or took. */
  attempts: number;
  /** Not before this moment of the server's clock. */
  next_at: number;
  /** Left for later on purpose, until this moment of the server's clock: quiet hours, a limit; 0: not. */
  held_until: number;
  /** Counts the servers that took it up: only the newest one may say what became of it. */
  claim: number;
  /** No other server takes it up before this moment of the database's clock; 0 when nobody has. */
  claimed_until: number;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
}

/** Incidents that it holds for are told to nobody. */
export interface SilenceRow {
  id: string;
  kind: 'silence' | 'maintenance';
  /** JSON as in contract/silence.ts; so is `hours`. */
  matchers: Json;
  starts_at: number;
  ends_at: number;
  hours: Json | null;
  comment: string;
  created_by: string;
  created_at: number;
}

/** Something of the incident was not told since a silence held for it. */
export interface SilencedRow {
  incident: string;
  silence: string;
  since: number;
}

/** Who is on call, one after the other. `definition`: JSON as in contract/rota.ts. */
export interface RotaRow {
  id: string;
  name: string;
  definition: Json;
  updated_at: number;
}

/** Who is told further when nobody acknowledges. `definition`: JSON as in contract/escalation.ts. */
export interface EscalationRow {
  id: string;
  name: string;
  definition: Json;
  updated_at: number;
}

/** A step that was taken for an incident that waited since then. */
export interface EscalatedRow {
  incident: string;
  waiting_since: number;
  step: number;
  at: number;
}
