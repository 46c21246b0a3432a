import { z } from 'zod';
import { Priority } from './incident.ts';
import { WorkHours } from './week-hours.ts';

const Minutes = z
  .number()
  .int()
  .min(1)
  .max(365 * 24 * 60);

/** How soon incidents of a priority are to be acknowledged and resolved. */
export const ResponseClock = z
  .object({
    priority: Priority,
    /** From the moment it opened, came back or was woken; null: no clock runs. */
    acknowledge_minutes: Minutes.nullable(),
    resolve_minutes: Minutes.nullable(),
    /** The clock runs in these hours alone; null: always. */
    hours: WorkHours.nullable(),
  })
  .strict();
export type ResponseClock = z.infer<typeof ResponseClock>;

export const ResponseClocks = z.object({ items: z.array(ResponseClock).max(3) }).strict();
export type ResponseClocks = z.infer<typeof ResponseClocks>;

/** Means over incidents, in milliseconds; null where none tells it. Counted: how many each is a mean of. */
const Means = z.object({
  incidents: z.number(),
  /** Share of those with a clock that kept it, in acknowledging and in resolving; null without any. */
  kept: z.number().nullable(),
  /** From the beginning of the trouble, in the time of the data, to when it was told. */
  detect_ms: z.number().nullable(),
  acknowledge_ms: z.number().nullable(),
  acknowledged: z.number(),
  resolve_ms: z.number().nullable(),
  resolved: z.number(),
});

/** How soon incidents were noticed, acknowledged and resolved. */
export const ResponseFigures = z.object({
  from: z.string(),
  to: z.string(),
  all: Means,
  models: z.array(Means.extend({ model: z.string(), name: z.string() })),
  causes: z.array(Means.extend({ cause: z.string().nullable() })),
});
export type ResponseFigures = z.infer<typeof ResponseFigures>;
