import { z } from 'zod';

const Interval = z.object({ value: z.number(), low: z.number(), high: z.number() });
const Worth = z.object({ value: z.number(), n: z.number() });

/** What an incident costs by the `impact` of its model, in money: above 0 is lost. 95 % intervals. */
export const Loss = z.object({
  /** How much less a labelled prediction has been worth since it began. */
  per_prediction: Interval,
  /** What one was worth in the 28 days before, and since; `n` labelled ones. */
  before: Worth,
  during: Worth,
  /** All predictions since it began, labelled or not. */
  predictions: z.number(),
  total: Interval,
  per_day: Interval,
  unit: z.string(),
  /** Whether that is, for certain, as much a day as people said is urgent: then it is P1. */
  urgent: z.boolean(),
});
export type Loss = z.infer<typeof Loss>;

/** Of one model of an incident; `loss` null: it cannot be told, and the sentence says why. */
export const ModelLoss = z.object({
  model: z.string(),
  loss: Loss.nullable(),
  sentence: z.string(),
});
export type ModelLoss = z.infer<typeof ModelLoss>;
