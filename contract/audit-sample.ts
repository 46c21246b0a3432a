import { z } from 'zod';
import { Measured } from './version-comparison.ts';

/** How many of all predictions were right, from the random sample that people looked at. */
export const AuditSample = z.object({
  model: z.string(),
  /** Predictions with an event time from here … */
  from: z.string(),
  /** … to before this. */
  to: z.string(),
  /** Why nothing is told: `labels_not_classes` (numbers, rankings), `no_audit`; null otherwise. */
  unknown: z.string().nullable(),
  sentence: z.string(),
  /** Drawn, and what became of them. Where more than 5,000 were drawn, of the newest. */
  drawn: z.number(),
  answered: z.number(),
  skipped: z.number(),
  /** Share of predictions that were right, each answer weighed by how many predictions it stands for; n = answers. */
  accuracy: Measured,
  /** The same without the weights: of the sample as it was drawn, where a rare class is seen as often as a frequent one. */
  unweighted: z.number().nullable(),
  /** By predicted class, those with most predictions first, thirty at most. */
  strata: z.array(
    z.object({
      stratum: z.string(),
      /** Predictions that its items stand for. */
      predictions: z.number(),
      answered: z.number(),
      right: z.number(),
    }),
  ),
});
export type AuditSample = z.infer<typeof AuditSample>;
