import type { Json } from './values.ts';

/** A job that says when it begins and ends. */
export interface HeartbeatRow {
  job: string;
  /** The model that it feeds. */
  model: string | null;
  /** What is expected of it, JSON as in contract/heartbeat.ts. */
  settings: Json;
  /** The newest runs that ended, the oldest first, JSON. */
  runs: Json;
  /** Wall clock at which the run that goes on began. */
  running_since: number | null;
  created_at: number;
  updated_at: number;
}
