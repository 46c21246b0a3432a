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
