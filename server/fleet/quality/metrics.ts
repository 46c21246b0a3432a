import type { ComparedMeasure } from '../../../contract/version-comparison.ts';
import type { LabelledModel, MetricMeta } from '../../monitors/kind.ts';
import { TOLD } from '../../monitors/kinds/index.ts';
import { singleClass } from '../../monitors/quality/from-scores.ts';
import type { QualityRecipe } from '../../monitors/subject.ts';
import type { Profile } from '../../profiles/profile.ts';
import { beside, type Counted, nearer, verdictOf } from './measured.ts';

/** A metric of quality that the model has, and how it is made of profiles. */
export interface QualityMetric {
  readonly meta: MetricMeta;
  readonly recipe: QualityRecipe;
}

/** Every metric of quality that a model of its task has, the most telling first; without any, the reason. Pure. */
export function qualityMetrics(model: Described): readonly QualityMetric[] | { readonly reason: string } {
  const fitting = fittingTo(model);
  const made = fitting.filter((one): one is QualityMetric => !('reason' in one.recipe));
  if (made.length > 0) return made;
  const [first] = fitting;
  return { reason: first !== undefined && 'reason' in first.recipe ? first.recipe.reason : 'no_labels' };
}

/**
 * The same for the page that tells of each: what needs two classes stands among them with its reason while labels of one alone have come.
 * Pure.
 */
export function toldMetrics(model: Described): readonly QualityMetric[] | { readonly reason: string } {
  const metrics = qualityMetrics(model);
  if ('reason' in metrics) return metrics;
  return fittingTo(model).flatMap(({ meta, recipe }) => {
    if (!('reason' in recipe)) return [{ meta, recipe }];
    return recipe.reason === 'single_class' ? [{ meta, recipe: singleClass(meta.id, model.known) }] : [];
  });
}

type Described = LabelledModel & { readonly id: string };

/** Every metric that a model of its task may have, with what it is made of or why it is made of nothing yet. */
const fittingTo = (model: Described) =>
  TOLD.flatMap((kind) =>
    kind.metrics
      .filter(({ id }) => kind.refuse?.(model, { metric: id }) == null)
      .map((meta) => {
        const recipe = kind.recipe(model, meta.id);
        return { meta: { ...meta, ...('meta' in recipe && recipe.meta) }, recipe };
      }),
  );

type Profiles = ReadonlyMap<string, Profile>;

/** Each metric of both versions, with what it differs by. Pure. */
export function qualityMeasures(
  metrics: readonly QualityMetric[],
  baseline: Profiles,
  version: Profiles,
): ComparedMeasure[] {
  return metrics.map(({ meta: { id, title, unit, worse }, recipe }) => {
    const sides = beside(qualityOf(recipe, baseline), qualityOf(recipe, version));
    const verdict = recipe.better === 'zero' ? nearer(sides) : verdictOf(sides.difference, worse);
    return { id, title, unit, worse, about: 'quality', ...sides, verdict };
  });
}

/** What profiles make of a metric. Pure. */
export function qualityOf(recipe: QualityRecipe, profiles: Profiles): Counted {
  const sums = new Float64Array(recipe.width);
  recipe.add(profiles, sums);
  return recipe.quality([...sums]);
}
