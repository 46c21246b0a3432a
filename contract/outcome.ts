import { z } from 'zod';
import { ModelName } from './name.ts';
import { TimeInput } from './time.ts';

/** What the business saw: a value of a metric, joined to a prediction when an id is given. */
export const Outcome = z
  .object({
    model: ModelName,
    metric: z.string().min(1, 'must not be empty').max(128),
    value: z.number('must be a number'),
    id: z.string().min(1).max(256).optional(),
    time: TimeInput.optional(),
  })
  .strict();
export type Outcome = z.infer<typeof Outcome>;
