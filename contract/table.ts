import { z } from 'zod';

/** What a column of a table can be for a prediction; columns that are none of it are features. */
export const PARTS = [
  'id',
  'time',
  'prediction',
  'score',
  'label',
  'version',
  'latency_ms',
  'error',
  'trace_id',
  'request_id',
  'variant',
] as const;
export const Part = z.enum(PARTS);
export type Part = z.infer<typeof Part>;

/** What a table is to become. */
export const TableUse = z.enum(['predictions', 'labels', 'reference']);
export type TableUse = z.infer<typeof TableUse>;

/** What a column of a table is taken for. */
export const ColumnUse = z.enum([...PARTS, 'feature', 'ignored']);
export type ColumnUse = z.infer<typeof ColumnUse>;

/** What of a table is likely not meant so. */
export const TableWarning = z.object({
  message: z.string(),
  /** The part that no column plays; null where it is about something else. */
  part: Part.nullable(),
  /** Columns that likely are meant to play it. */
  columns: z.array(z.string()),
});
export type TableWarning = z.infer<typeof TableWarning>;

const Count = z.number().int().nonnegative();
export const ImportTotal = z.object({
  received: Count,
  stored: Count,
  /** Were known already: nothing was stored of them. */
  duplicates: Count,
  rejected_total: Count,
});
export type ImportTotal = z.infer<typeof ImportTotal>;

/** What became of the rows of a table so far. */
export const ImportSummary = z.object({
  rows: Count,
  predictions: ImportTotal,
  labels: ImportTotal,
  unreadable_lines: Count,
  /** Values of features that their model has no column left for: they were left out of rows that are stored. */
  dropped_features: Count,
  /** What was stored and is probably not meant so, in sentences; the first of each kind. */
  warnings: z.array(z.string()),
  first_reasons: z.array(z.string()),
});
export type ImportSummary = z.infer<typeof ImportSummary>;
