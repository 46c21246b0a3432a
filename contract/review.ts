import { z } from 'zod';
import { Label } from './label.ts';
import { PageQuery } from './page.ts';

/**
 * Why a prediction is worth a look. `audit`: drawn at random, the same number of each predicted class. `low_confidence`: among the least
 * sure. `novel`: has values that the reference never had. `high_loss`: its label says that it was far off. `unusual_attributions`: the
 * model went by other features than it usually does.
 */
export const ReviewReason = z.enum(['audit', 'low_confidence', 'novel', 'high_loss', 'unusual_attributions']);
export type ReviewReason = z.infer<typeof ReviewReason>;
export const REVIEW_REASONS = ReviewReason.options;

/** Items of one model that are open at once; while there are so many, none is added. */
export const MOST_OPEN_REVIEWS = 1_000;

/** What is put into the queue of a model. */
export const ReviewSettings = z
  .object({
    /** Predictions that are put into the queue in 24 hours, at most. */
    per_day: z.number().int('must be a whole number').min(1, 'must be at least 1').max(MOST_OPEN_REVIEWS),
    /** They share what is put in evenly. */
    reasons: z
      .array(ReviewReason)
      .min(1, 'name at least one reason')
      .transform((reasons) => [...new Set(reasons)])
      .default([...REVIEW_REASONS]),
    /** People who look at each: from two on it is told how far they agree. */
    reviewers_per_item: z.number().int('must be a whole number').min(1).max(5).default(1),
  })
  .strict();
export type ReviewSettings = z.infer<typeof ReviewSettings>;

/** `open`: waits for people. `done`: as many as it wants have looked, and somebody knew. `skipped`: they have looked, and nobody knew. */
export const ReviewState = z.enum(['open', 'done', 'skipped']);
export type ReviewState = z.infer<typeof ReviewState>;

/** What one person has to do with an item. */
export const ReviewTurn = z.object({
  reviewer: z.string(),
  state: z.enum(['claimed', 'answered', 'skipped']),
  at: z.string(),
  /** Until when a claim holds; null: until they are done with it. */
  until: z.string().nullable(),
});
export type ReviewTurn = z.infer<typeof ReviewTurn>;

/** A prediction that somebody should look at. */
export const ReviewItem = z.object({
  id: z.string(),
  model: z.string(),
  /** Id and event time of the prediction. */
  prediction: z.string(),
  time: z.string(),
  reason: ReviewReason,
  /** What the reason measured: the confidence, the loss, how many values are new, deviations from the usual; null of an audit. */
  value: z.number().nullable(),
  /** Columns with values that the reference never had. */
  columns: z.array(z.string()),
  /** The predicted class, of which an audit draws as many as of the others; empty where there are none. */
  stratum: z.string(),
  /** Of an audit: how many predictions of its bucket it stands for. */
  weight: z.number().nullable(),
  created_at: z.string(),
  state: ReviewState,
  /** People who are to look at it. */
  reviewers_wanted: z.number(),
  turns: z.array(ReviewTurn),
  finished_at: z.string().nullable(),
});
export type ReviewItem = z.infer<typeof ReviewItem>;

/** How the queue of a model stands. */
export const ReviewQueue = z.object({
  model: z.string(),
  /** Null: nothing is put into it. */
  settings: ReviewSettings.nullable(),
  open: z.number(),
  /** When the item came that has waited longest; null when nothing waits. */
  oldest_at: z.string().nullable(),
  /** Open items by why they are in it. */
  reasons: z.array(z.object({ reason: ReviewReason, n: z.number() })),
  /** Those of them that whoever asks may take. */
  yours: z.number(),
  /** What an answer is: one of the classes that are known so far (others may be typed), a number, or the items of a list that were relevant. */
  answer: z.object({ as: z.enum(['class', 'number', 'items']), classes: z.array(z.string()) }),
  /** Finished in the last 24 hours, and what whoever asks did of it. */
  done: z.number(),
  skipped: z.number(),
  done_by_you: z.number(),
  /** Nothing is added while so many are open. */
  full: z.boolean(),
  /** End of the newest bucket that was looked through, event time; null before the first. */
  filled_to: z.string().nullable(),
});
export type ReviewQueue = z.infer<typeof ReviewQueue>;

export const ReviewQuery = PageQuery.extend({
  state: ReviewState.optional(),
  reason: ReviewReason.optional(),
  /** Items that this person has claimed, or was given. */
  assignee: z.string().max(256).optional(),
  /** Only those that whoever asks may take now, the first to come first. */
  mine: z.stringbool().optional(),
});
export type ReviewQuery = z.infer<typeof ReviewQuery>;

export const ReviewAssignment = z.object({ to: z.string().trim().min(1).max(128) }).strict();
export const ReviewAnswer = z.object({ label: Label.shape.label }).strict();
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;
