import { z } from 'zod';
import { ModelName } from './name.ts';

/** What a job is called: as models are. */
export const JobName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'must be 1 to 128 letters, digits, ".", "_" or "-"');

export const HeartbeatState = z.enum(['start', 'ok', 'fail']);
export type HeartbeatState = z.infer<typeof HeartbeatState>;

/** What a job says of its run: that it began, that it ended well, that it failed. */
export const Heartbeat = z.object({
  state: HeartbeatState,
  /** How much it did: a count that is alike from run to run. */
  rows: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  /** How long it took, where it says no `start`. */
  duration_ms: z.coerce
    .number()
    .min(0)
    .max(366 * 86_400_000)
    .optional(),
  /** The model that it feeds: its incidents are of that model. */
  model: ModelName.optional(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

const Length = z
  .number()
  .int()
  .min(1000)
  .max(366 * 86_400_000);

/** What is expected of a job; null: learned from its runs. */
export const JobSettings = z
  .object({
    /** A run that ends well comes this often. */
    every_ms: Length.nullable().default(null),
    /** And this much later at most. */
    grace_ms: Length.nullable().default(null),
    /** A run takes this long at most. */
    longest_ms: Length.nullable().default(null),
    /** Share of the usual rows below which a run has shrunk. */
    shrunk_below: z.number().min(0).max(1).default(0.5),
  })
  .strict();
export type JobSettings = z.infer<typeof JobSettings>;

export const JobVerdict = z.enum(['ok', 'running', 'learning', 'failed', 'hanging', 'late', 'shrunk']);
export type JobVerdict = z.infer<typeof JobVerdict>;

/** A job, what is expected of it, and how it does. */
export const WatchedJob = z.object({
  job: z.string(),
  model: z.string().nullable(),
  settings: JobSettings,
  verdict: JobVerdict,
  /** Why, with numbers. */
  sentence: z.string(),
  /** What is expected, as set or as learned; null: not known yet. */
  expected: z.object({
    every_ms: z.number().nullable(),
    by: z.string().nullable(),
    longest_ms: z.number().nullable(),
    rows: z.number().nullable(),
  }),
  last: z
    .object({
      at: z.string(),
      state: z.enum(['ok', 'fail']),
      rows: z.number().nullable(),
      duration_ms: z.number().nullable(),
    })
    .nullable(),
  running_since: z.string().nullable(),
});
export type WatchedJob = z.infer<typeof WatchedJob>;
