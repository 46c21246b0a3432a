import type { DecisionTrees } from '../../contract/decision-tree.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** The decision trees of a model by cause, as people wrote them; null where nobody did. */
export function decisionTreesOf({ decisions }: Pick<ModelRow, 'decisions'>): DecisionTrees | null {
  return decisions === null ? null : (JSON.parse(decisions) as DecisionTrees);
}

/** The trees of these models, of those that have some; in the order of the models. */
export async function decisionTrees(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<{ readonly model: string; readonly trees: DecisionTrees }[]> {
  if (models.length === 0) return [];
  const rows = await ledger
    .selectFrom('models')
    .select(['id', 'decisions'])
    .where('id', 'in', [...models])
    .where('decisions', 'is not', null)
    .execute();
  const known = new Map(rows.map((row) => [row.id, decisionTreesOf(row)]));
  return models.flatMap((model) => {
    const trees = known.get(model) ?? null;
    return trees === null ? [] : [{ model, trees }];
  });
}
