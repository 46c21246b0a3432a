import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { modelSplits } from './read-segments.ts';
import { otherKey, ownKeys, type Split } from './split.ts';

/**
 * The groups of a model's protected attributes, and of several of them together: keys of segments, by attribute. What is without a value
 * belongs to no group, nor does the rest of many values. `→ Map { 'gender' → ['gender=f', 'gender=m'] }`
 */
export async function protectedGroups(
  ctx: Pick<Ctx, 'ledger'>,
  { id, protected: guarded }: Pick<ModelRow, 'id' | 'protected'>,
): Promise<Map<string, string[]>> {
  const attributes = new Set(JSON.parse(guarded ?? '[]') as string[]);
  if (attributes.size === 0) return new Map();
  const splits = (await modelSplits(ctx, id)).filter((split) => isOf(split, attributes));
  return new Map(splits.map((split) => [attributeName(split), groupKeys(split)]));
}

/** Whether a split is by protected attributes alone. */
export const isOf = ({ columns }: Split, attributes: ReadonlySet<string>) =>
  columns.every(({ name }) => attributes.has(name));

/** `gender`, or `gender, age` for those together. */
export const attributeName = ({ columns }: Split) => columns.map(({ name }) => name).join(', ');

export function groupKeys(split: Split): string[] {
  const keys = ownKeys(split);
  return keys.filter(
    (key, at) => key !== otherKey(split) && split.values[at]!.every((value) => value !== ''),
  );
}
