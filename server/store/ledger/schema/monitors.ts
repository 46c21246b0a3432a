import type { Flag, Json } from './values.ts';

export interface MonitorRow {
  id: string;
  model: string;
  kind: string;
  options: Json;
  severity: 'page' | 'ticket';
  enabled: Flag;
  origin: 'default' | 'user';
  created_at: number;
  updated_at: number;
}

/** A default monitor that was made for a model once: someone who deletes it does not get it back. */
export interface MonitorDefaultRow {
  model: string;
  /** Kind, and metric where a kind has several. */
  name: string;
}
