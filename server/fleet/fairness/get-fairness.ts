import type { ModelFairness } from '../../../contract/fairness.ts';
import { MIN_GROUP } from '../../../stats/fairness/parity.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import { scoredClasses } from '../../monitors/quality/choose.ts';
import { SCORE } from '../../monitors/quality/from-scores.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import { attributeName, groupKeys, isOf } from '../../profiles/segments/protected-groups.ts';
import { readSplits, type SegmentsQuery, written } from '../segments/read-split.ts';
import { groupFound, measuresOf } from './groups.ts';

/**
 * Whether a model treats the groups of its protected attributes alike over a range: what happens to each group, with
 * intervals, and how far the furthest two are apart in each measure. Groups that are too small are told and not judged; those that
 * share the rest, or have no value, are no groups. Errors: not_allowed, not_found, invalid_request.
 */
export async function getFairness(ctx: Ctx, modelId: string, query: SegmentsQuery): Promise<ModelFairness> {
  authorise(ctx.actor, 'read');
  const { task, protected: guarded, positive_label, id } = await findModel(ctx, modelId);
  const attributes = new Set(JSON.parse(guarded ?? '[]') as string[]);
  const heads = await columnHeads(ctx, id);
  const positive = (await positiveOf(ctx, { id, task, positive_label }, heads))?.label ?? positive_label;
  const negative = scoredClasses(heads.keys()).find((name) => name !== positive) ?? null;
  const scores = [positive, negative].map((name) => SCORE + name);
  const { part, splits, current } = await readSplits(ctx, modelId, query, {
    splits: (split) => isOf(split, attributes),
    columns: () => ['_all', '_confusion', '_prediction', ...scores],
  });
  const unknown =
    attributes.size === 0
      ? 'no_protected_attributes'
      : task !== 'binary'
        ? 'needs_two_classes'
        : positive === null
          ? 'positive_class_unknown'
          : null;
  return {
    ...{ model: id, ...written(part), positive, minimum: MIN_GROUP, unknown },
    attributes:
      unknown !== null || positive === null
        ? []
        : splits.map((split) => {
            const found = groupKeys(split).flatMap((key) => {
              const profiles = current.get(key);
              return profiles === undefined ? [] : [groupFound(key, profiles, { positive, negative })];
            });
            return {
              name: attributeName(split),
              groups: found.map(({ group }) => group).sort((a, b) => b.n - a.n),
              measures: measuresOf(found),
            };
          }),
  };
}
