import type { Ctx } from '../../../context.ts';
import type { QualityRecipe } from '../../subject.ts';
import type { Stretch } from '../plan/stretches.ts';
import { type Baseline, keptBaseline } from '../state/baselines.ts';
import type { Case } from '../state/model-state.ts';
import { baselineName, type QualityCase } from '../state/quality-case.ts';
import type { References } from '../state/references.ts';
import { countsOf } from '../windows/counts.ts';
import { readHistories } from '../windows/histories.ts';
import { qualityVector } from '../windows/quality-vector.ts';
import { type Period, periodOf } from './judgeable.ts';

const WEEK = 7 * 86_400_000;
/** The first labelled weeks are looked for in so many days. */
const MOST_MS = 28 * 86_400_000;
/** What a baseline must hold. */
const LABELS = 500;
const NO_STRETCH = { from: 0, to: 0 };

/** What is normal for a quality metric. */
export interface QualityBaseline {
  readonly sums: readonly number[];
  readonly period: Period | null;
  /** Id of the reference, or `own`. */
  readonly comparedWith: string;
}

/**
 * What the reference did; without labels there, what the model did in its first labelled weeks. Made once and kept, but
 * for a reference that moves. Null while there is not enough.
 */
export async function qualityBaseline(
  ctx: Ctx,
  known: Case,
  { watcher, recipe, labelled }: QualityCase,
  references: References,
): Promise<QualityBaseline | null> {
  const name = baselineName(watcher);
  const referenceId = watcher.options.reference ?? known.model.reference_id;
  const made = [recipe.metric, 'of', recipe.columns.join(), recipe.of].join(' ').trimEnd();
  const byReference = `${made} in ${referenceId}`;
  const byItself = `${made} from ${labelled.from}, not ${referenceId}`;
  const kept = known.baselines.get(name)?.madeOf;
  const settled = !known.rolling && (kept === byReference || kept === byItself);
  if (referenceId !== null && !(settled && kept === byItself)) {
    const make = () => inReference(recipe, references, referenceId, labelled.to);
    // A reference that moves is looked at anew each time.
    const found = known.rolling ? await make() : await keptBaseline(ctx, known, name, byReference, make);
    if (found !== null) return shown(found, 'reference_period', referenceId);
  }
  const own = await keptBaseline(ctx, known, name, byItself, () => firstWeeks(ctx, known, recipe, labelled));
  return own && shown(own, 'baseline_period', 'own');
}

function shown(
  { sums, from, to }: Baseline,
  reason: Period['reason'],
  comparedWith: string,
): QualityBaseline {
  return { sums, period: from < to ? { from, to, reason } : null, comparedWith };
}

async function inReference(
  recipe: QualityRecipe,
  references: References,
  id: string,
  matureTo: number,
): Promise<Baseline | null> {
  const reference = await references(id);
  if (reference === null || (reference.to !== null && reference.to > matureTo)) return null;
  const sums = new Float64Array(recipe.width);
  recipe.add(reference.profiles, sums);
  if (counted(recipe, sums) < LABELS) return null;
  return { sums: [...sums], ...(periodOf(reference) ?? NO_STRETCH) };
}

/** From the first label on, until there are weeks and labels enough. */
async function firstWeeks(
  ctx: Ctx,
  { model }: Case,
  recipe: QualityRecipe,
  { from, to: matureTo }: Stretch,
): Promise<Baseline | null> {
  const bucketMs = model.bucket_ms;
  const least = from + Math.max(WEEK, model.window_ms);
  const most = Math.min(matureTo, from + Math.max(MOST_MS, model.window_ms));
  if (most < least) return null;
  const labelledIn = recipe.learned?.from ?? recipe.labelledIn;
  const counts = await countsOf(ctx, model.id, labelledIn, { from, to: most, bucketMs });
  let to = from;
  for (let n = 0; to < most; ) {
    const bucket = (to - from) / bucketMs;
    n += labelledIn.reduce((sum, column) => sum + counts.of(column).total(bucket, bucket + 1), 0);
    to += bucketMs;
    if (to >= least && n >= LABELS) break;
    if (to >= most) return null;
  }
  const range = { model: model.id, columns: recipe.columns, from, to, bucketMs };
  const histories = await readHistories(ctx, range);
  const sums = new Float64Array(recipe.width);
  for (let time = from; time < to; time += bucketMs) {
    const vector = qualityVector(recipe, histories, time);
    if (vector) for (let j = 0; j < sums.length; j++) sums[j]! += vector[j]!;
  }
  return { sums: [...sums], from, to };
}

function counted(recipe: QualityRecipe, vector: ArrayLike<number>): number {
  if (recipe.learned) return recipe.learned.rows(vector);
  let sum = 0;
  for (let j = 0; j < recipe.counted; j++) sum += vector[j]!;
  return sum;
}
