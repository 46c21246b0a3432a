import { z } from 'zod';

/** How a model is counted beside it, so that what agents count is added exactly. */
export const ProfilePlan = z.object({
  model: z.string(),
  /** Of the profiles that the server merges. */
  definition: z.number(),
  /** Length of the stretches that are counted as one, in milliseconds. */
  bucket_ms: z.number(),
  /** Columns with a privacy rule: of them no profile is taken. */
  left_out: z.array(z.string()),
  columns: z.array(
    z.object({
      name: z.string(),
      /** What it is counted as. */
      type: z.enum(['numeric', 'categorical', 'boolean']),
      /** Its numbers stand for categories, and are counted by their text. */
      codes: z.boolean(),
      /** The frozen grid of numbers, in the column's unit; null while there is none. */
      center: z.number().nullable(),
      scale: z.number().nullable(),
    }),
  ),
});
export type ProfilePlan = z.infer<typeof ProfilePlan>;
