import { z } from 'zod';
import { KnownVersion } from './registry.ts';
import { Measured } from './version-comparison.ts';

/** One version over a range. */
export const VersionLine = z.object({
  /** Empty for predictions that named none; `other` for those beyond the hundred that are kept apart. */
  version: z.string(),
  n: z.number(),
  share: z.number(),
  /** Start of its first and end of its last step with predictions. */
  first: z.string(),
  last: z.string(),
  /** Predictions per step, from the beginning of the range. */
  traffic: z.array(z.number()),
  /** By the metric that stands for the quality of the model. */
  quality: Measured,
  error_share: Measured,
  latency_p95: Measured,
  /** Distance of its answers from those of the version with most predictions; that version itself is `no_reference`. */
  drift: Measured,
  /** What a registry says of it; null where none has it. */
  registered: KnownVersion.pick({ registry: true, aliases: true, stage: true, url: true })
    .extend({
      /** What its training measured of the metric of the list, and what the run calls it; null where it measured none like it. */
      promised: z.object({ name: z.string(), value: z.number() }).nullable(),
    })
    .nullable(),
});
export type VersionLine = z.infer<typeof VersionLine>;

/** Versions of a model side by side, those with most predictions first. */
export const VersionList = z.object({
  model: z.string(),
  from: z.string(),
  to: z.string(),
  step_ms: z.number(),
  /** What quality is told by; null where it is not known. */
  metric: z.object({ id: z.string(), title: z.string(), unit: z.string() }).nullable(),
  quality_unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  items: z.array(VersionLine),
  /** Versions that are not listed, and predictions of theirs. */
  more: z.object({ versions: z.number(), n: z.number() }),
  /** Versions that a registry has and that did not answer in the range, the newest first. */
  unanswered: z.array(KnownVersion),
});
export type VersionList = z.infer<typeof VersionList>;
