import type { ModelLoss } from '../../../contract/loss.ts';
import type { Ctx } from '../../context.ts';
import { allModels } from '../../models/find-model.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { readLoss } from './read-loss.ts';
import { type Concerned, stretches } from './stretches.ts';

/** What an incident costs, of those of its models of which people said what answers are worth. Errors: those of the lake. */
export async function priceIncident(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  row: IncidentRow,
  { models, alerts }: Concerned,
): Promise<ModelLoss[]> {
  const worth = (await allModels(ctx, models)).filter(({ impact }) => impact !== null);
  if (worth.length === 0) return [];
  const found = await Promise.all(
    (await stretches(ctx, row, { models: worth.map(({ id }) => id), alerts })).map((stretch, i) =>
      readLoss(ctx, worth[i]!, stretch),
    ),
  );
  return found.filter((each) => each !== null);
}
