import { z } from 'zod';
import { TimeInput } from './time.ts';

export const QuarantineOf = z.enum(['model', 'column', 'segment']);

/** What is not to be relied on: the whole model, a column, or a segment (`country=FR`). */
export const NewQuarantine = z
  .object({
    of: QuarantineOf,
    /** The column, or the segment; empty for the model. */
    name: z.string().max(512).default(''),
    reason: z.string().trim().min(1).max(512),
    /** Null: until somebody ends it. */
    until: TimeInput.nullable().default(null),
  })
  .strict()
  .refine(({ of, name }) => (of === 'model') === (name === ''), {
    message: 'is needed for a column or a segment, and for nothing else',
    path: ['name'],
  });
export type NewQuarantine = z.infer<typeof NewQuarantine>;

export const Quarantine = z.object({
  id: z.string(),
  of: QuarantineOf,
  name: z.string(),
  reason: z.string(),
  since: z.string(),
  until: z.string().nullable(),
  by: z.string(),
  incident: z.string().nullable(),
});
export type Quarantine = z.infer<typeof Quarantine>;

/** What of a model is not to be relied on now. */
export const ModelQuarantine = z.object({
  model: z.string(),
  /** Whether anything is. */
  flagged: z.boolean(),
  columns: z.array(z.string()),
  segments: z.array(z.string()),
  whole_model: z.boolean(),
  flags: z.array(Quarantine),
  /** When this server last read them; what another server changed since is not in it yet. */
  read_at: z.string(),
});
export type ModelQuarantine = z.infer<typeof ModelQuarantine>;
