import { z } from 'zod';
import { ModelName } from './name.ts';
import { TimeInput } from './time.ts';

/**
 * What the labels of a model are. `zero_or_one`: numbers, and all of them 0 or 1; `any`: of several kinds, so that nothing is
 * refused for what it is.
 */
export const LabelType = z.enum(['numeric', 'zero_or_one', 'boolean', 'categorical', 'any']);
export type LabelType = z.infer<typeof LabelType>;

/** An item of a ranking and how relevant it was: 0 not at all, else a grade. Numbers and texts name the same item. */
const Graded = z
  .object({
    item: z.union([z.number(), z.string()]),
    relevance: z
      .number('must be a number')
      .min(0, 'must be 0 (not relevant) or more')
      .max(1000, 'must be at most 1000'),
  })
  .strict();

/**
 * The truth about one prediction, whenever it becomes known. Of several of the same id all are kept, and one counts: one that a
 * person gave before one that came by itself, then the later by `time`.
 */
export const Label = z
  .object({
    model: ModelName,
    id: z.string().min(1).max(256),
    /**
     * Of a ranking the relevant item, or the list of them: what was clicked or bought; an empty list where nothing was. Items of a list
     * may be graded: `{ item, relevance }`.
     */
    label: z.union(
      [z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string(), Graded])).max(1000)],
      'must be a number, a text, true or false, or of a ranking a list of items, each by itself or as { item, relevance }',
    ),
    time: TimeInput.optional(),
    source: z.string().max(128).optional(),
    /** A person gave it: it counts before those that came by themselves. */
    human: z.boolean('must be true or false').optional(),
  })
  .strict();
export type Label = z.infer<typeof Label>;
