import { z } from 'zod';
import { Measured } from './version-comparison.ts';

/** Who labelled: the `source` of labels that a person gave. */
export const Reviewer = z.object({
  name: z.string(),
  /** Predictions that they labelled. */
  n: z.number(),
});

/** How far two reviewers agree on what both labelled. */
export const ReviewerPair = z.object({
  first: z.string(),
  second: z.string(),
  /** Cohen's kappa; n = predictions that both labelled. */
  kappa: Measured,
  /** Share of these that they labelled alike, and what that would be by chance; null where kappa has no value. */
  alike: z.number().nullable(),
  by_chance: z.number().nullable(),
});

/** Whether the people who label a model's predictions agree with each other. */
export const ReviewerAgreement = z.object({
  model: z.string(),
  /** Labels with a time from here … */
  from: z.string(),
  /** … to before this. */
  to: z.string(),
  /** Why nothing is compared: `labels_not_classes` (numbers, rankings), `one_reviewer`; null otherwise. */
  unknown: z.string().nullable(),
  sentence: z.string(),
  /** Those with most labels first, at most a hundred. */
  reviewers: z.array(Reviewer),
  /** Labels of people that name no `source`: nobody knows whose they are, and they are left out. */
  unnamed: z.number(),
  /** Share of the predictions that agreement is told of: 1, or less where there are more than 50,000 labels. */
  share_read: z.number(),
  /** Krippendorff's alpha (nominal) over all reviewers; n = predictions with at least two of them. */
  alpha: Measured,
  /** Those with most in common first, at most fifty. */
  pairs: z.array(ReviewerPair),
});
export type ReviewerAgreement = z.infer<typeof ReviewerAgreement>;
