import { z } from 'zod';

/** An event that was refused, kept with its reason so that it can be repaired and sent again. */
export const Reject = z.object({
  id: z.string(),
  received_at: z.string(),
  kind: z.string(),
  model: z.string(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
  replayed_at: z.string().nullable(),
});
export type Reject = z.infer<typeof Reject>;

/** Refused events of one reason. */
export const RejectGroup = z.object({
  kind: z.string(),
  model: z.string(),
  code: z.string(),
  n: z.number(),
  /** Those that were not sent again. */
  waiting: z.number(),
  first: z.string(),
  last: z.string(),
  /** What was wrong with the newest. */
  message: z.string(),
});
export type RejectGroup = z.infer<typeof RejectGroup>;

/** Which rejects: these ids, or those that match. At most 1,000 are sent again at a time. */
export const RejectChoice = z
  .object({
    ids: z.array(z.string().min(1).max(64)).min(1).max(1000).optional(),
    filter: z
      .object({
        kind: z.string().max(32).optional(),
        model: z.string().max(256).optional(),
        code: z.string().max(64).optional(),
      })
      .strict()
      .optional(),
  })
  .strict()
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'give either ids or filter');
export type RejectChoice = z.infer<typeof RejectChoice>;
