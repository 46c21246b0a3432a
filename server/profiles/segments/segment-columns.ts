import { featureOf, isAttribution } from '../../models/columns/attributions.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';

/** Features that are counted within each segment. */
export const SEGMENT_FEATURES = 5;

const isFeature = ({ name }: ProfiledColumn) => !name.startsWith('_');

/**
 * What is counted within segments: all that the model answers, and its most important features with their attributions, the
 * first ones where none is known to be important. Twenty segments of all columns would cost six times what the predictions themselves do. Pure.
 */
export function segmentColumns(
  columns: readonly ProfiledColumn[],
  importance: string | null,
): ProfiledColumn[] {
  const weights = JSON.parse(importance ?? '{}') as Record<string, number>;
  const features = columns.filter(isFeature);
  const heaviest = features
    .map((column, position) => ({ column, position, weight: weights[column.name] ?? 0 }))
    .sort((a, b) => b.weight - a.weight || a.position - b.position)
    .slice(0, SEGMENT_FEATURES);
  const kept = new Set(heaviest.map(({ column }) => column.name));
  return columns.filter((column) =>
    isAttribution(column.name)
      ? kept.has(featureOf(column.name))
      : !isFeature(column) || kept.has(column.name),
  );
}
