import { z } from 'zod';
import { Measured } from './version-comparison.ts';

/**
 * What the interval of one measure says, which may be looked at as often as one likes: the version is better or worse (the
 * interval leaves out 0), the two are alike (it lies within ± the smallest difference that matters), or neither yet.
 */
export const SequentialDecision = z.enum(['better', 'worse', 'alike', 'not_yet', 'unknown']);
export type SequentialDecision = z.infer<typeof SequentialDecision>;

/** One measure of both versions. Differences are version − baseline, within buckets in which both answered. */
export const VerdictMeasure = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  worse: z.enum(['higher', 'lower']),
  /** What is decided by, what must not suffer, or told besides. */
  role: z.enum(['primary', 'guardrail', 'besides']),
  /** The smallest difference that matters, in the unit of the measure; null where nothing is known of the baseline. */
  smallest: z.number().nullable(),
  version: z.object({ value: z.number().nullable(), n: z.number() }),
  baseline: z.object({ value: z.number().nullable(), n: z.number() }),
  /** Its interval holds at all looks at once, with 95 %; that of guardrails with 95 % for all of them together. */
  difference: Measured,
  decision: SequentialDecision,
  /** How the interval narrowed, at most 400 points; empty where the measure is no mean. `time`: end of the step. */
  path: z.array(z.object({ time: z.string(), value: z.number(), low: z.number(), high: z.number() })),
});
export type VerdictMeasure = z.infer<typeof VerdictMeasure>;

/**
 * `promote`: better, and no guardrail suffers. `stop`: worse, or a guardrail suffers. `either`: alike for all that matters.
 * `wait`: more is needed. `unknown`: the two cannot be compared.
 */
export const Recommendation = z.enum(['promote', 'stop', 'either', 'wait', 'unknown']);
export type Recommendation = z.infer<typeof Recommendation>;

/** Whether one version is better than another one that answers beside it, as far as it is known by now. */
export const VersionVerdict = z.object({
  model: z.string(),
  /** What the two are. */
  by: z.enum(['version', 'variant']),
  version: z.string().nullable(),
  baseline: z.string().nullable(),
  /** When both answered, which is what is compared; null when they never did at once. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  recommendation: Recommendation,
  /** Whether anything more would change the recommendation: false while one has to wait. */
  safe_to_stop: z.boolean(),
  sentence: z.string(),
  /** What is still needed, at the present traffic and scatter; null where nothing is or it cannot be told. */
  needs: z.object({ rows: z.number(), ms: z.number() }).nullable(),
  measures: z.array(VerdictMeasure),
});
export type VersionVerdict = z.infer<typeof VersionVerdict>;
