import type { QualityChange } from '../../contract/quality.ts';
import type { Ctx } from '../context.ts';
import { readGrids } from '../models/columns/grids.ts';
import { modelRow } from '../models/find-model.ts';
import { columnHeads } from '../profiles/heads/read-heads.ts';
import { readColumns } from '../profiles/read/read-profiles.ts';
import { readBaselines } from './judge/state/baselines.ts';
import { positiveOf } from './judge/state/model-state.ts';
import { scoredClasses } from './quality/choose.ts';
import { estimateRecipe } from './quality/from-estimates.ts';
import { changeOf, sumsOf, teachingSums } from './quality/quality-change.ts';

/** What is read of a range, at most. */
const MOST_MS = 28 * 86_400_000;

/**
 * What the change of a model's quality in a range is made of, against the labelled predictions that its estimates were learned
 * of: of a long range its newest 28 days. Null where there are no two classes with scores, or too few labels tell it.
 */
export async function readQualityChange(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<QualityChange | null> {
  const model = await modelRow(ctx, id);
  if (model?.task !== 'binary') return null;
  const heads = await columnHeads(ctx, id);
  if (scoredClasses(heads.keys()).length !== 2) return null;
  const recipe = estimateRecipe('roc_auc', {
    task: model.task,
    positive: (await positiveOf(ctx, model, heads))?.label ?? null,
    known: new Set(heads.keys()),
    grids: await readGrids(ctx, id),
    waiting: 0,
    impact: null,
  });
  if ('reason' in recipe) return null;
  const kept = [...(await readBaselines(ctx, id)).values()].map(({ sums }) => sums);
  const learned = teachingSums(recipe, kept);
  if (learned === null) return null;
  const range = { model: id, columns: recipe.columns, from: Math.max(from, to - MOST_MS), to };
  return changeOf(learned, sumsOf(recipe, await readColumns(ctx, range)));
}
