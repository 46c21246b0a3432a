import { z } from 'zod';

/** One event that was not stored, and why. `index` counts the request's events from 0. */
export const Rejection = z.object({
  index: z.number().int().nonnegative(),
  code: z.string(),
  message: z.string(),
});

/** Sent after the rows are stored: received = stored + duplicates + rejected.length (rejected is capped at 100 entries, `rejected_total` counts all). */
export const Receipt = z.object({
  received: z.number().int().nonnegative(),
  stored: z.number().int().nonnegative(),
  duplicates: z.number().int().nonnegative(),
  rejected: z.array(Rejection),
  rejected_total: z.number().int().nonnegative(),
  /** Values of features that were left out of their rows, because their model has as many columns as it may; absent when none were. */
  dropped_features: z.number().int().positive().optional(),
  /** What was stored and is probably not meant so, in sentences; absent when there is nothing of the kind. */
  warnings: z.array(z.string()).optional(),
});

export type Rejection = z.infer<typeof Rejection>;
export type Receipt = z.infer<typeof Receipt>;
