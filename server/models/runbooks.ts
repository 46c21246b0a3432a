import type { Runbook } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';

/** What to do when these models fail, of those that people wrote it for; in the order of the models. */
export async function runbooksOf(
  { ledger }: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Runbook[]> {
  if (models.length === 0) return [];
  const rows = await ledger
    .selectFrom('models')
    .select(['id', 'runbook'])
    .where('id', 'in', [...models])
    .execute();
  const byModel = new Map(rows.map(({ id, runbook }) => [id, runbook]));
  return models.flatMap((model) => {
    const runbook = byModel.get(model)?.trim() ?? '';
    return runbook === '' ? [] : [{ model, runbook }];
  });
}
