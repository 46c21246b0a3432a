import { z } from 'zod';
import { ModelName } from './name.ts';
import { TimeInput } from './time.ts';

/** Something people changed: a deploy, a schema, a configuration. Drawn on every time axis. */
export const Change = z
  .object({
    time: TimeInput.optional(),
    kind: z.string().min(1, 'must not be empty').max(64),
    title: z.string().min(1, 'must not be empty').max(256),
    model: ModelName.optional(),
    version: z.string().max(128).optional(),
    /** Shown as a link: nothing that a browser would run. */
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(2048)
      .optional(),
  })
  .strict();
export type Change = z.infer<typeof Change>;

/** A change as lists show it; empty text became null. */
export const StoredChange = z.object({
  id: z.string(),
  time: z.string(),
  kind: z.string(),
  title: z.string(),
  model: z.string().nullable(),
  version: z.string().nullable(),
  url: z.string().nullable(),
});
export type StoredChange = z.infer<typeof StoredChange>;
