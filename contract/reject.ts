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

/** Which rejects to send again: these ids, or those that match. At most 1,000 at a time. */
export const RejectReplay = z
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
export type RejectReplay = z.infer<typeof RejectReplay>;
