import { z } from 'zod';

/** Labelled predictions that meet one or two conditions and are wrong more often, or further off, than the others. */
export const LosingSlice = z.object({
  /** `country = FR and device = mobile` */
  text: z.string(),
  /** What it loses, in a sentence. */
  sentence: z.string(),
  n: z.number(),
  /** Of the labelled predictions that were looked at. */
  share: z.number(),
  /** Share of wrong answers, or mean absolute error, within and outside. */
  loss: z.number(),
  elsewhere: z.number(),
  /** Share of all that is lost that would not be, were it as elsewhere. */
  lost: z.number(),
});
export type LosingSlice = z.infer<typeof LosingSlice>;

/** The slices of a range that lose most, from a sample of its labelled predictions. */
export const ModelSlices = z.object({
  model: z.string(),
  from: z.string(),
  to: z.string(),
  /** Labelled predictions that were looked at, and columns that conditions may name. */
  n: z.number(),
  columns: z.number(),
  loss: z.enum(['errors', 'absolute_error']),
  items: z.array(LosingSlice),
});
export type ModelSlices = z.infer<typeof ModelSlices>;
