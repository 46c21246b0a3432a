import type { Flag, Json } from './values.ts';

export interface ChannelRow {
  id: string;
  name: string;
  kind: string;
  /** Options of the channel's kind, JSON, sealed with the secret key: they hold secrets. */
  options: string;
  enabled: Flag;
  /** What it is told of: every incident, or where the audit log ends. */
  tells: 'incidents' | 'audit_head';
  /** Which incidents, JSON; empty: every one. */
  only_of: Json;
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
  event: 'opened' | 'priority_raised' | 'snooze_over' | 'resolved' | 'reopened' | 'audit_head' | 'test';
  /** Of `priority_raised`: the new priority; of `snooze_over`: the revision of the incident; else empty. */
  raised_to: string;
  payload: Json;
  state: 'waiting' | 'delivered' | 'failed';
  /** Tries that the receiver refused or took. */
  attempts: number;
  /** Not before this moment of the server's clock. */
  next_at: number;
  /** Counts the servers that took it up: only the newest one may say what became of it. */
  claim: number;
  /** No other server takes it up before this moment of the database's clock; 0 when nobody has. */
  claimed_until: number;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
}
