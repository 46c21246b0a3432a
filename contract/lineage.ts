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

/** A model, or something that models depend on. */
export const LineageNode = z.object({
  /** `model/credit-risk`, `source/bureau` */
  id: z.string(),
  kind: z.union([z.literal('model'), SourceKind]),
  /** What people call it. */
  name: z.string(),
  /** The id of a model that the server knows; null for a source, and for a model that is named and unknown here. */
  model: z.string().nullable(),
  /** The most urgent incident of the model that goes on, or null. */
  incident: z.object({ id: z.string(), priority: z.enum(['P1', 'P2', 'P3']), title: z.string() }).nullable(),
});
export type LineageNode = z.infer<typeof LineageNode>;

/** `to` depends on `from`. */
export const LineageEdge = z.object({
  from: z.string(),
  to: z.string(),
  /** The columns of `to` that come from it; null: all of them, or nobody said. */
  columns: z.array(z.string()).nullable(),
});
export type LineageEdge = z.infer<typeof LineageEdge>;

/** What depends on what, as models name it. */
export const Lineage = z.object({ nodes: z.array(LineageNode), edges: z.array(LineageEdge) });
export type Lineage = z.infer<typeof Lineage>;
