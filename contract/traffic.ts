import { z } from 'zod';

/** Predictions over time, also of the bucket that is filling. */
export const Traffic = z.object({
  model: z.string(),
  from: z.string(),
  to: z.string(),
  /** Length of what one point stands for, whole buckets. */
  step_ms: z.number(),
  /** From the first bucket of the model to its newest within the range, without gaps: a point in which nothing came is 0. */
  points: z.array(z.object({ time: z.string(), n: z.number() })),
  /** Start of the bucket whose time has not passed yet, when it has predictions already. */
  filling: z.string().nullable(),
});
export type Traffic = z.infer<typeof Traffic>;
