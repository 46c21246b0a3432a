import { z } from 'zod';

const Share = z.number().min(0).max(1);
const Limits = z
  .strictObject({ missing: Share, invalid: Share, new_category: Share, out_of_range: Share })
  .partial();
const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Decision = { test: z.string().optional(), threshold: z.number().min(0).optional() };

const Column = z.strictObject({
  ...Decision,
  type: z.enum(['numeric', 'categorical', 'boolean', 'text', 'time']).optional(),
  ignore: z.boolean().optional(),
  limits: Limits.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  values: z.array(Value).optional(),
  pattern: z.string().optional(),
  max_missing: Share.optional(),
  unique: z.boolean().optional(),
  required: z.boolean().optional(),
  /** Share of the values that must keep to min, max, values and pattern. */
  mostly: Share.optional(),
});

/** A configuration file of our own. */
export const ConfigFile = z.strictObject({
  ...Decision,
  label: z.string().optional(),
  prediction: z.string().optional(),
  score: z.string().optional(),
  time: z.string().optional(),
  positive: Value.optional(),
  task: z.enum(['binary', 'multiclass', 'regression']).optional(),
  segments: z.array(z.string()).optional(),
  ignore: z.array(z.string()).optional(),
  tests: z.union([z.enum(['default', 'all']), z.array(z.string())]).optional(),
  limits: Limits.optional(),
  multivariate: z.boolean().optional(),
  as: z.string().optional(),
  numeric: z.strictObject(Decision).optional(),
  categorical: z.strictObject(Decision).optional(),
  columns: z.record(z.string(), Column).optional(),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
