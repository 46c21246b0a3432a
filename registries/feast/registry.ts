import { z } from 'zod';
import { fromProtobuf } from './protobuf.ts';

const text = z.string().catch('');
const Feature = z.object({ name: text });
const DataSource = z.object({
  name: text,
  fileOptions: z.object({ uri: text }).optional().catch(undefined),
});
const View = z.object({
  spec: z.object({
    name: text,
    features: z.array(Feature).catch([]),
    entities: z.array(z.string()).catch([]),
    batchSource: DataSource.optional().catch(undefined),
  }),
});
const Entity = z.object({ spec: z.object({ name: text, joinKey: text }) });
/** The lists of a registry that are read; an entry of another shape is left out, and the rest is read. */
const Lists = z.object({
  featureViews: z.array(z.unknown()).catch([]),
  streamFeatureViews: z.array(z.unknown()).catch([]),
  onDemandFeatureViews: z.array(z.unknown()).catch([]),
  entities: z.array(z.unknown()).catch([]),
});

/** A view of features as it is registered. */
export interface FeatureView {
  readonly name: string;
  readonly features: readonly string[];
  /** Columns by which its rows are looked up. */
  readonly keys: readonly string[];
  /** The file that its history lies in, as the registry names it; null where it lies elsewhere. */
  readonly file: string | null;
}

export interface FeastRegistry {
  readonly views: readonly FeatureView[];
  /** Entries that could not be read. */
  readonly unread: number;
}

/**
 * The views of a registry of Feast: its file (protobuf, `registry.db`) or what `feast registry-dump` prints (JSON). Errors: Error with a sentence,
 * for what is neither.
 */
export function readRegistry(bytes: Uint8Array): FeastRegistry {
  const lists = Lists.parse(looksLikeJson(bytes) ? fromJson(bytes) : fromProtobuf(bytes));
  const keys = new Map<string, string>();
  for (const one of lists.entities) {
    const entity = Entity.safeParse(one);
    if (entity.success) keys.set(entity.data.spec.name, entity.data.spec.joinKey || entity.data.spec.name);
  }
  const all = [...lists.featureViews, ...lists.streamFeatureViews, ...lists.onDemandFeatureViews];
  const views = all.flatMap((one): FeatureView[] => {
    const view = View.safeParse(one);
    if (!view.success || view.data.spec.name === '') return [];
    const { name, features, entities, batchSource } = view.data.spec;
    return [
      {
        name,
        features: features.map((feature) => feature.name).filter((feature) => feature !== ''),
        keys: entities.map((entity) => keys.get(entity) ?? entity),
        file: batchSource?.fileOptions?.uri || null,
      },
    ];
  });
  return { views, unread: all.length - views.length };
}

const looksLikeJson = (bytes: Uint8Array) => /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error('it begins as JSON does and is none', { cause });
  }
}
