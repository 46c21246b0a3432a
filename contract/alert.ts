import { z } from 'zod';

export const AlertState = z.enum([
  'ok',
  'pending',
  'firing',
  'resolved',
  'no_data',
  'not_enough_data',
  'late',
]);
export type AlertState = z.infer<typeof AlertState>;

/** A decision about a signal, always with a named reason. */
export const Alert = z.object({
  id: z.string(),
  model: z.string(),
  monitor: z.string(),
  kind: z.string(),
  metric: z.string(),
  layer: z.string(),
  column: z.string(),
  segment: z.string(),
  version: z.string(),
  state: AlertState,
  reason: z.string(),
  since: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().nullable(),
  threshold: z.number().nullable(),
  incident: z.string().nullable(),
});
export type Alert = z.infer<typeof Alert>;
