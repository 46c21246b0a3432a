import { z } from 'zod';
import { Layer } from './layer.ts';

/** `status` is ok, or the named reason why there is no value. */
export const SignalPoint = z.object({
  time: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number(),
  status: z.string(),
});
export type SignalPoint = z.infer<typeof SignalPoint>;

/** How values were told as one: of those within a step, and of all columns where that was asked for, the worst is kept. */
export const Fold = z.object({
  step_ms: z.number(),
  keeps: z.enum(['highest', 'lowest']),
  columns: z.boolean(),
});

/** One number per bucket: a monitor's statistic for one column, segment and version. */
export const Signal = z.object({
  id: z.string(),
  monitor: z.string(),
  /** Id of a kind of monitor, as in GET /api/v1/kinds. */
  kind: z.string(),
  metric: z.string(),
  layer: Layer,
  column: z.string(),
  segment: z.string(),
  version: z.string(),
  /** Id and version of the metric's definition, `js_distance_base2@3`. */
  definition: z.string(),
  threshold: z.number().nullable(),
  unit: z.string(),
  /** Some values are not among the points; `fold` says how they were chosen, and is null when all are there. */
  folded: z.boolean(),
  fold: Fold.nullable(),
  points: z.array(SignalPoint),
});
export type Signal = z.infer<typeof Signal>;
