import type { Json } from './values.ts';

export interface SettingRow {
  key: string;
  value: Json;
}

/** How long a table's rows are kept, where people have set it. */
export interface RetentionRow {
  name: string;
  days: number;
}

/** Something about Tiltmeter itself that waits; trouble once it lasts. */
export interface ConcernRow {
  key: string;
  kind: string;
  model: string | null;
  channel: string | null;
  /** Wall clock since which it waits without any progress, and when it was seen last. */
  since: number;
  seen_at: number;
  progress: string;
  sentence: string;
  /** The incident that tells of it, once there is one. */
  incident: string | null;
}

/** When somebody last looked (id 1), and since when somebody has looked without a pause. */
export interface WatchRow {
  id: number;
  at: number;
  awake_since: number;
}
