import { z } from 'zod';
import { Measured } from './version-comparison.ts';

/** How far a column of the labelled predictions is from that of all of them. */
export const SelectedColumn = z.object({
  column: z.string(),
  distance: Measured,
  threshold: z.number(),
  /** What moved, in words. */
  how: z.string().nullable(),
  verdict: z.enum(['same', 'moved', 'differs', 'unknown']),
});

/** Whether the predictions whose labels have come are like the rest: where they are not, quality is told of them alone. */
export const LabelSelection = z.object({
  model: z.string(),
  /** Predictions of this time, whose labels have had theirs. */
  from: z.string(),
  to: z.string(),
  /** Labelled predictions that were looked at, and all predictions. */
  labelled: z.number(),
  predictions: z.number(),
  /** Why nothing is compared: `labels_not_mature`, `too_few_labels`, `no_columns`; null otherwise. */
  unknown: z.string().nullable(),
  sentence: z.string(),
  /** Those that differ most, first. */
  columns: z.array(SelectedColumn),
});
export type LabelSelection = z.infer<typeof LabelSelection>;
