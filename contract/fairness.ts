import { z } from 'zod';
import { Measured } from './version-comparison.ts';

/** What happens to the members of one group. */
export const FairnessGroup = z.object({
  /** Key of the segment, and in words. */
  key: z.string(),
  text: z.string(),
  /** Predictions, and those of them with a label. */
  n: z.number(),
  labelled: z.number(),
  /** Fewer than this many labelled predictions, or none at all, are not judged. */
  too_small: z.boolean(),
  selection: Measured,
  true_positive: Measured,
  false_positive: Measured,
  false_negative: Measured,
  precision: Measured,
  /** Mean score − share of positives: above 0 the group is scored too high. */
  calibration: Measured,
});
export type FairnessGroup = z.infer<typeof FairnessGroup>;

/** One number of all groups, with the two that are furthest apart. */
export const FairnessFound = z.object({
  id: z.string(),
  title: z.string(),
  asks: z.string(),
  kind: z.enum(['difference', 'ratio']),
  limit: z.number(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Groups with the lowest and the highest rate, in words. */
  lowest: z.string().nullable(),
  highest: z.string().nullable(),
  verdict: z.enum(['holds', 'doubtful', 'fails', 'unknown']),
  /** `ok`, or why there is no value. */
  status: z.string(),
});
export type FairnessFound = z.infer<typeof FairnessFound>;

/** Whether a model treats the groups of its protected attributes alike, over a range. Counted from profiles, nothing sampled. */
export const ModelFairness = z.object({
  model: z.string(),
  from: z.string(),
  to: z.string(),
  /** Whether what was before `from` in the range that was asked for is left out. */
  cut: z.boolean(),
  positive: z.string().nullable(),
  minimum: z.number(),
  /** Why nothing can be said: `no_protected_attributes`, `needs_two_classes`, `positive_class_unknown`; null otherwise. */
  unknown: z.string().nullable(),
  attributes: z.array(
    z.object({
      /** `gender`, or several of them together: `gender, age_band`. */
      name: z.string(),
      groups: z.array(FairnessGroup),
      measures: z.array(FairnessFound),
    }),
  ),
});
export type ModelFairness = z.infer<typeof ModelFairness>;
