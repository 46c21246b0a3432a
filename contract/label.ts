import { z } from 'zod';
import { ModelName } from './name.ts';
import { TimeInput } from './time.ts';

/** The truth about one prediction, whenever it becomes known. A later label of the same id replaces the earlier one. */
export const Label = z
  .object({
    model: ModelName,
    id: z.string().min(1).max(256),
    label: z.union([z.number(), z.string(), z.boolean()], 'must be a number, a text, true or false'),
    time: TimeInput.optional(),
    source: z.string().max(128).optional(),
  })
  .strict();
export type Label = z.infer<typeof Label>;
