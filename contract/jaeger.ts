import { z } from 'zod';

/** A fact of a span, a process or an event, as Jaeger has it. */
const JaegerTag = z.object({
  key: z.string(),
  type: z.enum(['string', 'bool']),
  value: z.union([z.string(), z.boolean()]),
});
export type JaegerTag = z.infer<typeof JaegerTag>;

const JaegerReference = z.object({
  refType: z.enum(['CHILD_OF', 'FOLLOWS_FROM']),
  traceID: z.string(),
  spanID: z.string(),
});

/** Times are microseconds since 1970, durations microseconds. */
const JaegerSpan = z.object({
  traceID: z.string(),
  spanID: z.string(),
  operationName: z.string(),
  references: z.array(JaegerReference),
  startTime: z.number().int(),
  duration: z.number().int(),
  tags: z.array(JaegerTag),
  logs: z.array(z.object({ timestamp: z.number().int(), fields: z.array(JaegerTag) })),
  processID: z.string(),
  warnings: z.array(z.string()).nullable(),
});
export type JaegerSpan = z.infer<typeof JaegerSpan>;

/** A trace in the JSON that Jaeger's UI reads. */
export const JaegerTrace = z.object({
  traceID: z.string(),
  spans: z.array(JaegerSpan),
  processes: z.record(z.string(), z.object({ serviceName: z.string(), tags: z.array(JaegerTag) })),
  /** What is not shown of it. */
  warnings: z.array(z.string()).nullable(),
});
export type JaegerTrace = z.infer<typeof JaegerTrace>;

export const JaegerOperation = z.object({ name: z.string(), spanKind: z.string() });
export type JaegerOperation = z.infer<typeof JaegerOperation>;

/** Which service called which, and how often. */
export const JaegerDependency = z.object({
  parent: z.string(),
  child: z.string(),
  callCount: z.number().int(),
});
export type JaegerDependency = z.infer<typeof JaegerDependency>;

/** What every address of Jaeger's query API answers. */
export const jaegerAnswer = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    total: z.number().int(),
    limit: z.number().int(),
    offset: z.number().int(),
    errors: z.array(z.object({ code: z.number().int(), msg: z.string() })).nullable(),
  });

const Microseconds = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Several = z.union([z.string().max(2048), z.array(z.string().max(2048)).max(32)]);

/** When a trace was, where it is asked for by its id. */
export const JaegerTraceQuery = z.object({ start: Microseconds.optional(), end: Microseconds.optional() });

/** Up to when, and how far back, in milliseconds. */
export const JaegerDependencyQuery = z.object({
  endTs: z.coerce.number().int().min(0).max(8.64e15).optional(),
  lookback: z.coerce.number().int().min(1).default(86_400_000),
});

/** What traces are searched by; `start` and `end` are microseconds since 1970, durations such as `1.5ms`. */
export const JaegerSearch = JaegerTraceQuery.extend({
  service: z.string().max(512).optional(),
  operation: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(1_000_000).default(100),
  minDuration: z.string().max(64).optional(),
  maxDuration: z.string().max(64).optional(),
  /** `key:value`, as often as wanted. */
  tag: Several.optional(),
  /** A JSON object of keys and values. */
  tags: Several.optional(),
  /** Instead of a service: these traces. */
  traceID: Several.optional(),
});
export type JaegerSearch = z.infer<typeof JaegerSearch>;
