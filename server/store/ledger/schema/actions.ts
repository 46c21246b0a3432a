import type { Flag, Json } from './values.ts';

export interface ChannelRow {
  id: string;
  name: string;
  kind: string;
  /** Options of the channel's kind, JSON; secrets inside are never returned by the API. */
  options: Json;
  enabled: Flag;
  created_at: number;
  updated_at: number;
}

export interface OutboxRow {
  id: string;
  channel: string;
  incident: string;
  event: 'opened' | 'priority_raised' | 'resolved' | 'test';
  payload: Json;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  next_at: number;
  last_error: string | null;
  created_at: number;
  delivered_at: number | null;
}
