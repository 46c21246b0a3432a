import type { Source } from '../../contract/lineage.ts';
import type { FeatureView } from './registry.ts';

/** What of a registry a model is asked with. */
export interface Matched {
  /** The sources of the model as they are to be: those of views in place of ones of the same name, others as they were. */
  readonly sources: readonly Source[];
  /** Views that columns of the model come from. */
  readonly views: readonly { readonly view: FeatureView; readonly columns: readonly string[] }[];
  /** Columns that several views have, and that none is named for: say which by `view__feature`. */
  readonly doubtful: readonly string[];
}

/**
 * Which columns of a model come from which view: a column is called as its feature, or `view__feature` (Feast's `full_feature_names`). A name that
 * several views have tells nothing. Pure.
 * @example matchSources([], ['driver__trips'], [{ name: 'driver', features: ['trips'], keys: [], file: null }]).sources // [{ name: 'driver', kind: 'feature_store', columns: ['driver__trips'] }]
 */
export function matchSources(
  before: readonly Source[],
  columns: readonly string[],
  views: readonly FeatureView[],
): Matched {
  const owners = new Map<string, number>();
  for (const { features } of views)
    for (const feature of new Set(features)) owners.set(feature, (owners.get(feature) ?? 0) + 1);
  const matched = views.flatMap((view) => {
    const features = new Set(view.features);
    const prefix = `${view.name}__`;
    const own = columns.filter(
      (column) =>
        (column.startsWith(prefix) && features.has(column.slice(prefix.length))) ||
        (features.has(column) && owners.get(column) === 1),
    );
    return own.length === 0 ? [] : [{ view, columns: own }];
  });
  const named = new Set(matched.map(({ view }) => view.name));
  return {
    sources: [
      ...before.filter(({ name }) => !named.has(name)),
      ...matched.map(
        ({ view, columns }): Source => ({ name: view.name, kind: 'feature_store', columns: [...columns] }),
      ),
    ],
    views: matched,
    doubtful: columns.filter((column) => (owners.get(column) ?? 0) > 1),
  };
}
