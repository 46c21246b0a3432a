import type { Ctx } from '../../context.ts';
import { inferenceOf, learnPositive } from '../../models/inferences.ts';
import { positiveClass } from '../../models/positive-class.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { classesOf } from '../quality/choose.ts';
import { aucRecipe } from '../quality/from-scores.ts';
import type { QualityRecipe } from '../subject.ts';
import type { Case } from './state/model-state.ts';
import { dayOf, referencesAt } from './state/references.ts';

/** Labelled predictions in which it is looked for: those of the first weeks. */
const WEEKS_MS = 28 * 86_400_000;
/** Labelled rows that can tell, at least, and how much wider than its 95 % the interval is taken. */
const ROWS = 200;
const CERTAINTY = 1.5;

/**
 * The case with the class whose probability the score is, where nobody set it: inferred once from scores and labels, of the
 * reference if it has them, else of the first weeks, and looked for again when the model gets another reference.
 */
export async function settlePositive(ctx: Ctx, known: Case): Promise<Case> {
  const { model, columns } = known;
  const classes = classesOf({ known: columns.keys(), before: known.before });
  if (model.task !== 'binary' || classes.length !== 2 || known.positive?.by === 'set') return known;
  const before = await inferenceOf(ctx, model.id);
  const reference = model.reference_id ?? '';
  const settled = before.positive !== null && classes.includes(before.positive);
  if (settled && before.positive_reference === reference) return known;
  const found = (await inReference(ctx, known, classes)) ?? (await inFirstWeeks(ctx, known, classes));
  if (found === null && !settled) return known;
  const positive = found ?? before.positive;
  await learnPositive(ctx, model.id, { positive, positive_reference: reference });
  return { ...known, positive: positiveClass(model.positive_label, positive, classes) };
}

async function inReference(ctx: Ctx, known: Case, classes: readonly string[]): Promise<string | null> {
  const reference = await referencesAt(ctx, known, dayOf(known.plan.completeTo))(undefined);
  return reference && higherScored(classes, reference.profiles);
}

async function inFirstWeeks(
  ctx: Ctx,
  { model, columns }: Case,
  classes: readonly string[],
): Promise<string | null> {
  const { columns: names } = recipeOf(classes);
  const from = Math.min(...names.map((name) => columns.get(name)?.first ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(from)) return null;
  const range = { model: model.id, columns: names, from, to: from + WEEKS_MS };
  return higherScored(classes, await readColumns(ctx, range));
}

const recipeOf = (classes: readonly string[]) => aucRecipe(classes, classes[1]!);

/** The class whose rows have the higher scores, when there are rows enough to tell. Pure. */
export function higherScored(
  classes: readonly string[],
  profiles: Parameters<QualityRecipe['add']>[0],
): string | null {
  const recipe = recipeOf(classes);
  const sums = new Float64Array(recipe.width);
  recipe.add(profiles, sums);
  const area = recipe.quality([...sums]);
  if (!('value' in area) || area.n < ROWS) return null;
  const { value, low, high } = area;
  if (value - CERTAINTY * (value - low) > 0.5) return classes[1]!;
  return value + CERTAINTY * (high - value) < 0.5 ? classes[0]! : null;
}
