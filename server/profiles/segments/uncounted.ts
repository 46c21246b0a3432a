import { segmentParts, segmentText } from '../../../contract/segment-key.ts';
import type { Ctx } from '../../context.ts';
import { type ProfiledColumn, profiledColumns } from '../../models/columns/profiled-columns.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { modelSplits } from './read-segments.ts';
import { SEGMENT_FEATURES, segmentColumns } from './segment-columns.ts';
import { allKeys, otherKey, type Split } from './split.ts';

/** Why nothing is counted of a column within a segment. */
export interface Uncounted {
  readonly reason: 'not_split' | 'among_others' | 'not_counted_in_segments';
  readonly sentence: string;
}

/**
 * Why a segment has no profiles of a column, from how predictions are split and what is counted within segments now; null
 * where it has some whenever there are such predictions. Pure.
 */
export function uncounted(
  segment: string,
  column: string,
  splits: readonly Split[],
  counted: readonly Pick<ProfiledColumn, 'name'>[],
): Uncounted | null {
  const parts = segmentParts(segment);
  const names = parts.map((part) => part.column);
  const split = splits.find(
    ({ columns }) => columns.length === names.length && columns.every(({ name }, i) => name === names[i]),
  );
  if (split === undefined)
    return {
      reason: 'not_split',
      sentence: `Predictions are not split by ${names.join(' and ')}: add it to the segments of the model`,
    };
  if (!allKeys([split]).includes(segment))
    return {
      reason: 'among_others',
      sentence: `${segmentText(segment)} has no profiles of its own: if there are such predictions, they are counted in ${otherKey(split)}`,
    };
  if (column.startsWith('_') || counted.some(({ name }) => name === column)) return null;
  const features = counted.filter(({ name }) => !name.startsWith('_')).map(({ name }) => name);
  return {
    reason: 'not_counted_in_segments',
    sentence: `${column} is not counted within segments: answers are, and the ${SEGMENT_FEATURES} most important features (${features.join(', ')})`,
  };
}

/** The same of a model as it is now. */
export async function whyUncounted(
  ctx: Pick<Ctx, 'ledger'>,
  { id, importance }: Pick<ModelRow, 'id' | 'importance'>,
  segment: string,
  column: string,
): Promise<Uncounted | null> {
  const [splits, columns] = await Promise.all([modelSplits(ctx, id), profiledColumns(ctx, id)]);
  return uncounted(segment, column, splits, segmentColumns(columns, importance));
}
