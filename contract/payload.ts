import { z } from 'zod';
import { FEATURE_NAME } from './name.ts';

/** What the positions of a model's tensors mean, for what payload loggers send. */
export const PayloadNames = z
  .object({
    /** Of the columns of its inputs, in their order. */
    features: z
      .array(z.string().regex(FEATURE_NAME, 'is not usable as the name of a feature'))
      .max(1000, 'there must be at most 1,000 features')
      .optional(),
    /** Of its probabilities, in their order. */
    classes: z.array(z.string().min(1).max(256)).max(1000, 'there must be at most 1,000 classes').optional(),
    /** What the one value of a row is that it answers with: the answer, when absent, or the score of the positive class. */
    answer: z.enum(['prediction', 'score']).optional(),
  })
  .strict();
export type PayloadNames = z.infer<typeof PayloadNames>;

/** What became of the events of a request. */
export const PayloadReceipt = z.object({
  /** Events of payload loggers that came. */
  events: z.number(),
  /** Those of them that wait for their other half: nothing of them is stored yet. */
  waiting: z.number(),
  /** Predictions that were made of pairs. */
  received: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  rejected: z.array(z.object({ code: z.string(), message: z.string() })),
  rejected_total: z.number(),
});
export type PayloadReceipt = z.infer<typeof PayloadReceipt>;
