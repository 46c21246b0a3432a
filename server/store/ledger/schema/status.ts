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
