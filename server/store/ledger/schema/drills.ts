import type { Json } from './values.ts';

/** A drill that is kept. */
export interface DrillRow {
  id: string;
  /** Wall clock. */
  created_at: number;
  created_by: string;
  version: string;
  about: string;
  /** Whose stored history it was; null: another table. */
  model: string | null;
  rows: number;
  /** JSON as in contract/drill.ts. */
  figures: Json;
  outcomes: Json;
}
