import { z } from 'zod';
import { Layer } from './layer.ts';

/** A number over time, out of points of metrics that came by OTLP or from Prometheus. */
export const TelemetrySeries = z.object({
  /** `cpu_share`, `latency_p95` … */
  id: z.string(),
  layer: Layer,
  title: z.string(),
  unit: z.string(),
  /** The metric that it is made of. */
  metric: z.string(),
  /** How many instances sent it, the most at one time. */
  instances: z.number().int(),
  /** What `low` and `high` of a point are: the lowest and the highest instance, or the ends of the bucket of a histogram that the value lies in. */
  between: z.enum(['instances', 'bucket']),
  /** One for each step that something came in. */
  points: z.array(
    z.object({
      time: z.string(),
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** Points, or requests, that it is made of. */
      n: z.number(),
    }),
  ),
});
export type TelemetrySeries = z.infer<typeof TelemetrySeries>;

/** What the machines and the service of a model tell of themselves. */
export const ModelTelemetry = z.object({
  step_ms: z.number(),
  from: z.string(),
  to: z.string(),
  /** By which values of `service.name` and `host.name` it is taken for the model's, beside the attribute `tiltmeter.model`. */
  services: z.array(z.string()),
  hosts: z.array(z.string()),
  series: z.array(TelemetrySeries),
  /** Why rows of the Prometheus that is read from are not there, and since when; null where it answers, or none is named. */
  prometheus_away: z.object({ since: z.string(), sentence: z.string() }).nullable(),
});
export type ModelTelemetry = z.infer<typeof ModelTelemetry>;
