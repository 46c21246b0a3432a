import type { NoAnswer } from '../../../../contract/hold.ts';
import type { Json } from './values.ts';

/** The labelled set of a model and the endpoint that it is run through. Times are epoch ms. */
export interface HoldRow {
  model: string;
  /** Where and how it is asked, sealed. */
  endpoint: string;
  /** Rows with what is right, sealed. */
  rows: string;
  n: number;
  task: 'classes' | 'numbers';
  every_ms: number;
  next_at: number;
  /** When the run under way began; null: none is. */
  running_since: number | null;
  /** What each row scored in the first run, JSON (contract of server/holds/score.ts); null before it. */
  baseline: Json | null;
  created_at: number;
}

/** What came of one run. */
export interface HoldRunRow {
  id: string;
  model: string;
  /** When it ended. */
  at: number;
  took_ms: number;
  rows: number;
  answered: number;
  /** Rows without an answer, by reason, JSON. */
  unanswered: Json;
  /** Why it tells nothing; null where it does. */
  failed: NoAnswer | null;
  task: 'classes' | 'numbers';
  value: number | null;
  low: number | null;
  high: number | null;
  /** How much worse than the first run, row by row; null where that is not known. */
  lost: number | null;
  lost_low: number | null;
  lost_high: number | null;
  /** Of the first run, over the same rows. */
  baseline: number | null;
  p95_ms: number | null;
}
