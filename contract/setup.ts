import { z } from 'zod';

/** What a new model needs, in the order in which people go about it. */
export const SetupStepId = z.enum([
  'predictions',
  'reference',
  'judgement',
  'labels',
  'positive_class',
  'channel',
]);
export type SetupStepId = z.infer<typeof SetupStepId>;

/**
 * `done`; `waiting`: it comes by itself; `todo`: somebody has to do something; `wrong`: something came that cannot be
 * used as it is.
 */
export const SetupState = z.enum(['done', 'waiting', 'todo', 'wrong']);

export const SetupStep = z.object({
  id: SetupStepId,
  title: z.string(),
  state: SetupState,
  /** How it stands, with its numbers. */
  sentence: z.string(),
  /** What is there once it is done; null when it is. */
  gives: z.string().nullable(),
  /** How far it is, where that is a number. */
  progress: z.object({ done: z.number(), of: z.number(), unit: z.string() }).nullable(),
  /** Without it nothing is judged. */
  needed: z.boolean(),
});
export type SetupStep = z.infer<typeof SetupStep>;

/** How many of a model's steps are done. */
export const SetupProgress = z.object({ done: z.number(), of: z.number() });
export type SetupProgress = z.infer<typeof SetupProgress>;

/** What a model still needs before everything about it can be told. */
export const Setup = SetupProgress.extend({ model: z.string(), steps: z.array(SetupStep) });
export type Setup = z.infer<typeof Setup>;
