import { z } from 'zod';
import { Layer } from './layer.ts';

export const MONITOR_KINDS = [
  'drift',
  'prediction_drift',
  'missing',
  'invalid',
  'range',
  'new_category',
  'volume',
  'freshness',
  'error_rate',
  'latency',
  'performance',
] as const;
export const MonitorKind = z.enum(MONITOR_KINDS);
export type MonitorKind = z.infer<typeof MonitorKind>;

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

/** One number per bucket: a monitor's statistic for one column, segment and version. */
export const Signal = z.object({
  id: z.string(),
  monitor: z.string(),
  kind: MonitorKind,
  metric: z.string(),
  layer: Layer,
  column: z.string(),
  segment: z.string(),
  version: z.string(),
  /** Id and version of the metric's definition, `js_distance_base2@1`. */
  definition: z.string(),
  threshold: z.number().nullable(),
  unit: z.string(),
  points: z.array(SignalPoint),
});
export type Signal = z.infer<typeof Signal>;
