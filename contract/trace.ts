import { z } from 'zod';

const Attributes = z.record(z.string(), z.string());

/** One span of a trace, placed in its tree. */
export const TraceSpan = z.object({
  id: z.string(),
  /** Null of a root, and where the parent did not come. */
  parent: z.string().nullable(),
  /** 0 for a root, one more than its parent else. */
  depth: z.number().int(),
  name: z.string(),
  kind: z.string(),
  service: z.string(),
  /** From the beginning of the trace, and how long. */
  offset_ms: z.number(),
  duration_ms: z.number(),
  status: z.enum(['unset', 'ok', 'error']),
  status_message: z.string(),
  attributes: Attributes,
  events: z.array(z.object({ name: z.string(), offset_ms: z.number(), attributes: Attributes })),
});
export type TraceSpan = z.infer<typeof TraceSpan>;

/** One log record of a trace. */
export const TraceLog = z.object({
  /** From the beginning of the trace. */
  offset_ms: z.number(),
  time: z.string(),
  severity: z.string(),
  /** 1 to 24 of OpenTelemetry; from 17 on an error. 0: not said. */
  severity_number: z.number().int(),
  body: z.string(),
  service: z.string(),
  /** The span it was written in. */
  span: z.string().nullable(),
  attributes: Attributes,
});
export type TraceLog = z.infer<typeof TraceLog>;

/** Why there is nothing to show. */
export const TraceMissing = z.enum(['no_trace_id', 'not_a_trace_id', 'nothing_connected', 'nothing_of_it']);
export type TraceMissing = z.infer<typeof TraceMissing>;

/** What else happened under the trace id of a prediction: its spans as a tree, parents before children, and its log lines by time. */
export const PredictionTrace = z.object({
  /** As hexadecimal digits; null where the prediction has none that is one. */
  trace_id: z.string().nullable(),
  missing: TraceMissing.nullable(),
  /** When it began; null where there is nothing of it. */
  start: z.string().nullable(),
  duration_ms: z.number(),
  spans: z.array(TraceSpan),
  logs: z.array(TraceLog),
  /** How many there are; the lists have at most 500 each. */
  span_count: z.number().int(),
  log_count: z.number().int(),
  /** Within what time of the prediction it was looked for. */
  within_ms: z.number(),
});
export type PredictionTrace = z.infer<typeof PredictionTrace>;
