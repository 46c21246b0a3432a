import { z } from 'zod';

/** How much one feature moves the answers, and which way. */
export const FeatureWeight = z.object({
  name: z.string(),
  /** Mean size of its attribution over the rows: in the unit of what was sent, or in raw scores of the surrogate. */
  size: z.number(),
  /** Of the sizes of all features. */
  share: z.number(),
  /** Mean with its sign; null where there is one for each class. */
  signed: z.number().nullable(),
  /** Rows that it is of. */
  n: z.number(),
  /** Its share before the range; null where nothing is known of then. */
  share_before: z.number().nullable(),
  /** Its share per step; null in steps without rows. Empty for a surrogate. */
  path: z.array(z.number().nullable()),
});
export type FeatureWeight = z.infer<typeof FeatureWeight>;

/** How alike two rankings of the features are: 1 the same, by nDCG with the sizes of the earlier one as gains. */
export const RankingAgreement = z.object({
  value: z.number(),
  /** Below it the order has changed in a way that matters. */
  threshold: z.number(),
});

/**
 * What a model goes by. `sent`: attributions that came with predictions; `surrogate`: exact Shapley values of trees that were
 * fitted to logged inputs and answers; null where neither is there, which `sentence` says.
 */
export const Explanation = z.object({
  model: z.string(),
  source: z.enum(['sent', 'surrogate']).nullable(),
  sentence: z.string(),
  from: z.string(),
  to: z.string(),
  /** Whether what was before `from` in the range that was asked for is left out. */
  cut: z.boolean(),
  step_ms: z.number(),
  /** Rows that it is of, a sample where there are many. */
  rows: z.number(),
  features: z.array(FeatureWeight),
  /** The ranking of the range beside that of the time before it; null where one is not known. */
  ranking: RankingAgreement.nullable(),
  /** Per step, beside the whole range. */
  ranking_path: z.array(z.object({ time: z.string(), value: z.number(), n: z.number() })),
  /** Rankings of versions beside the version with most rows. */
  versions: z.array(
    z.object({
      version: z.string(),
      n: z.number(),
      ranking: z.number().nullable(),
      shares: z.record(z.string(), z.number()),
    }),
  ),
  /** How well the surrogate stands for the model, on rows that it was not fitted to; null where attributions were sent. */
  fidelity: z
    .object({
      metric: z.enum(['r2', 'accuracy']),
      value: z.number(),
      /** Of the commonest answer, or of the mean. */ plain: z.number(),
      n: z.number(),
    })
    .nullable(),
  /** When the surrogate was fitted. */
  fitted_at: z.string().nullable(),
});
export type Explanation = z.infer<typeof Explanation>;
