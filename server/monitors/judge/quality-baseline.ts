import type { Ctx } from '../../context.ts';
import type { QualityRecipe } from '../subject.ts';
import { HISTORY_MS, readHistories } from './histories.ts';
import { qualityVector } from './subjects.ts';
import type { Period, Work } from './work.ts';

const WEEK = 7 * 86_400_000;
/** What a baseline must hold. */
const LABELS = 500;

/** The sums of a recipe over what is normal, and the stretch they were taken from. */
export interface Baseline {
  readonly sums: readonly number[];
  readonly period: Period | null;
}

/** What the reference did; without labels there, what the model did in its first labelled weeks. */
export async function baselineOf(
  ctx: Ctx,
  work: Work,
  recipe: QualityRecipe,
  referenceId: string | undefined,
  firstLabel: number,
  matureTo: number,
): Promise<Baseline | null> {
  const reference = await work.reference(referenceId);
  if (reference) {
    const vector = new Float64Array(recipe.width);
    recipe.add(reference.profiles, vector);
    const { from, to } = reference;
    const period: Period | null =
      from === null || to === null || reference.kind === 'rolling'
        ? null
        : { from, to, reason: 'reference_period' };
    if (counted(recipe, vector) >= LABELS && (to === null || to <= matureTo))
      return { sums: [...vector], period };
  }
  const { model } = work;
  const most = Math.min(matureTo, firstLabel + HISTORY_MS);
  const histories = await readHistories(ctx, {
    model: model.id,
    columns: recipe.columns,
    from: firstLabel,
    to: most,
    bucketMs: model.bucket_ms,
  });
  const sums = new Float64Array(recipe.width);
  const least = firstLabel + Math.max(WEEK, model.window_ms);
  for (let at = firstLabel; at < most; at += model.bucket_ms) {
    const vector = qualityVector(recipe, histories, at);
    if (vector) for (let j = 0; j < sums.length; j++) sums[j]! += vector[j]!;
    const end = at + model.bucket_ms;
    if (end >= least && counted(recipe, sums) >= LABELS)
      return { sums: [...sums], period: { from: firstLabel, to: end, reason: 'baseline_period' } };
  }
  return null;
}

function counted(recipe: QualityRecipe, vector: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < recipe.counted; j++) sum += vector[j]!;
  return sum;
}
