import { z } from 'zod';
import { LONGEST_MS, TimeInput } from './time.ts';

/** What "normal" is: a choice of profiles. */
export const Reference = z.object({
  id: z.string(),
  model: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'fixed', 'rolling', 'automatic']),
  options: z.record(z.string(), z.unknown()),
  default: z.boolean(),
  created_by: z.string(),
  created_at: z.string(),
});
export type Reference = z.infer<typeof Reference>;

/** A window of production as reference. For a file, POST the rows to /references/file instead. */
export const NewReference = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('fixed'),
      name: z.string().min(1).max(128),
      from: TimeInput,
      to: TimeInput,
      default: z.boolean().default(true),
    })
    .strict(),
  z
    .object({
      kind: z.literal('rolling'),
      name: z.string().min(1).max(128),
      window_ms: z.number().int().positive().max(LONGEST_MS),
      offset_ms: z.number().int().nonnegative().max(LONGEST_MS).default(0),
      default: z.boolean().default(true),
    })
    .strict(),
]);
export type NewReference = z.infer<typeof NewReference>;
