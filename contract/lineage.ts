import { z } from 'zod';
import { ModelName, PrintableName } from './name.ts';

/** What a source is. Of data, columns come from it; on a machine or by a deployment the service itself runs. */
export const SourceKind = z.enum(['table', 'feature_store', 'pipeline', 'machine', 'deployment']);
export type SourceKind = z.infer<typeof SourceKind>;

/** Something that a model depends on and that other models may depend on too: the same name is the same thing. */
export const Source = z
  .object({
    name: PrintableName,
    kind: SourceKind,
    /** The columns that come from it; all of them when absent. */
    columns: z.array(z.string().max(128)).min(1).max(1000).optional(),
  })
  .strict();
export type Source = z.infer<typeof Source>;

/** The models whose answers a model is asked with. */
export const Upstream = z.array(ModelName).max(100, 'there must be at most 100 models upstream');

/** What a model depends on besides other models. */
export const Sources = z.array(Source).max(100, 'there must be at most 100 sources');
