import { z } from 'zod';

const worth = z
  .number('must be a number')
  .min(-1e12, 'must be at least -1,000,000,000,000')
  .max(1e12, 'must be at most 1,000,000,000,000');

/**
 * What each answer of a model with two classes is worth, by what turned out, in any one unit of money: costs are below 0, what
 * is left out is worth 0. `{ false_positive: -5, false_negative: -300 }`
 */
export const Impact = z
  .strictObject({
    true_positive: worth.optional(),
    false_positive: worth.optional(),
    true_negative: worth.optional(),
    false_negative: worth.optional(),
    /** As it is written behind numbers: EUR. */
    unit: z.string().max(16, 'must have at most 16 characters').optional(),
    /** An incident that costs at least as much a day, for certain, is P1. */
    urgent_per_day: z
      .number('must be a number')
      .positive('must be above 0')
      .max(1e15, 'must be at most 1,000,000,000,000,000')
      .optional(),
  })
  .refine(
    ({ unit: _, urgent_per_day: __, ...values }) =>
      Object.values(values).some((value) => value !== undefined && value !== 0),
    'must say what at least one kind of answer is worth: false_negative, false_positive, true_positive, true_negative',
  );
export type Impact = z.infer<typeof Impact>;
