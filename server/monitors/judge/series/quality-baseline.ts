import type { Ctx } from '../../../context.ts';
import { defaultReferences } from '../../../profiles/references/defaults.ts';
import type { ResolvedReference } from '../../../profiles/references/resolve.ts';
import type { QualityRecipe } from '../../subject.ts';
import { type Baseline, isMadeAs, keepBaseline, type Making, OWN } from '../state/baselines.ts';
import type { Case } from '../state/model-state.ts';
import { baselineName, type QualityCase } from '../state/quality-case.ts';
import type { References } from '../state/references.ts';
import { labelledCounts, labelledHistories } from '../windows/labelled.ts';
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
 * What the reference did: the monitor's own, or the newest of the model's defaults that has labels enough, and scores where
 * the metric needs them, so that one without them takes nothing away. Where there is none, what the model did in its first
 * labelled weeks. Made once and kept, but for a reference that moves. Null while there is not enough.
 */
export async function qualityBaseline(
  ctx: Ctx,
  known: Case,
  quality: QualityCase,
  references: References,
): Promise<QualityBaseline | null> {
  const { watcher, recipe, labelled } = quality;
  const name = baselineName(watcher);
  const kept = known.baselines.get(name);
  const of = [recipe.metric, 'of', recipe.columns.join(), recipe.of].join(' ').trimEnd();
  const making = (comparedWith: string): Making => ({
    madeOf: comparedWith === OWN ? `${of} from ${labelled.from}` : of,
    comparedWith,
    judgedFrom: judgedFrom(quality, kept, comparedWith),
  });
  const source = await qualitySource(ctx, known, quality, references);
  const made = making(source?.reference.id ?? OWN);
  // What is added up may have changed since it was kept.
  const fits = isMadeAs(kept, made) && kept!.sums.length === recipe.width;
  const again = source?.reference.kind === 'rolling' || !fits;
  const baseline = again ? (source?.baseline ?? (await firstWeeks(ctx, known, quality))) : kept!;
  if (baseline === null) return null;
  await keepBaseline(ctx, known, name, { ...baseline, ...made });
  const { sums, from, to } = baseline;
  const reason = source === null ? 'baseline_period' : 'reference_period';
  return { sums, period: from < to ? { from, to, reason } : null, comparedWith: made.comparedWith };
}

/** From where on buckets are compared with it: all of them when nothing was before, or when all are judged anew. */
function judgedFrom(
  { cursor, firstLabel }: Pick<QualityCase, 'cursor' | 'firstLabel'>,
  kept: Making | undefined,
  comparedWith: string,
): number | null {
  if (kept === undefined || cursor <= firstLabel) return null;
  return kept.comparedWith === comparedWith ? kept.judgedFrom : cursor;
}

/** A reference that has what a metric is made of, and what it did. */
export interface QualitySource {
  readonly reference: ResolvedReference;
  readonly baseline: Baseline;
}

/** The reference that quality is compared with; null where none has enough. */
export async function qualitySource(
  ctx: Ctx,
  { model }: Pick<Case, 'model'>,
  { watcher, recipe, labelled }: Pick<QualityCase, 'watcher' | 'recipe' | 'labelled'>,
  references: References,
): Promise<QualitySource | null> {
  const named = watcher.options.reference;
  for (const id of named === undefined ? await defaultsOf(ctx, model) : [named]) {
    const reference = await references(id);
    const baseline = reference && inReference(recipe, reference, labelled.to);
    if (baseline) return { reference, baseline };
  }
  return null;
}

async function defaultsOf(ctx: Ctx, { id, reference_id }: Case['model']): Promise<string[]> {
  const all = await defaultReferences(ctx, id);
  return reference_id === null ? all : [reference_id, ...all.filter((each) => each !== reference_id)];
}

function inReference(recipe: QualityRecipe, reference: ResolvedReference, matureTo: number): Baseline | null {
  const { profiles } = reference;
  const lacks = recipe.comesWith?.every((name) => profiles.get(name) === undefined) ?? false;
  if (lacks || (reference.to !== null && reference.to > matureTo)) return null;
  const sums = new Float64Array(recipe.width);
  recipe.add(profiles, sums);
  if (counted(recipe, sums) < LABELS) return null;
  return { sums: [...sums], ...(periodOf(reference) ?? NO_STRETCH) };
}

/** From the first label on, until there are weeks and labels enough. */
async function firstWeeks(
  ctx: Ctx,
  known: Case,
  { recipe, labelled: { from, to: matureTo }, watcher: { segment } }: QualityCase,
): Promise<Baseline | null> {
  const { model } = known;
  const bucketMs = model.bucket_ms;
  const least = from + Math.max(WEEK, model.window_ms);
  const most = Math.min(matureTo, from + Math.max(MOST_MS, model.window_ms));
  if (most < least) return null;
  const labelledIn = recipe.learned?.from ?? recipe.labelledIn;
  const counts = await labelledCounts(ctx, known, labelledIn, { from, to: most, segment });
  let to = from;
  for (let n = 0; to < most; ) {
    const bucket = (to - from) / bucketMs;
    n += labelledIn.reduce((sum, column) => sum + counts.of(column).total(bucket, bucket + 1), 0);
    to += bucketMs;
    if (to >= least && n >= LABELS) break;
    if (to >= most) return null;
  }
  const histories = await labelledHistories(ctx, known, { columns: recipe.columns, from, to, segment });
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
