import { judgedTo } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { profileHeads } from '../../profiles/heads/read-heads.ts';
import type { IncidentRow, ModelRow } from '../../store/ledger/schema.ts';

/**
 * What the costs of incidents rest on, of those of these models: while it is the same, looking again finds the same. It changes with the incident, with what a model is
 * set to, and with every bucket, label and judgement. One statement of the ledger for heads and one for judgements; the lake is not asked.
 */
export async function pricedAs(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly Pick<ModelRow, 'id' | 'updated_at'>[],
): Promise<(row: Pick<IncidentRow, 'updated_at'>, of: readonly string[]) => string> {
  if (models.length === 0) return () => '';
  const ids = models.map(({ id }) => id);
  const [heads, judged] = await Promise.all([profileHeads(ctx, ids), judgedTo(ctx, ids)]);
  const states = new Map(
    models.map(({ id, updated_at }) => [
      id,
      [id, updated_at, heads.get(id)?.revision ?? 0, judged.get(id) ?? 0],
    ]),
  );
  return ({ updated_at }, of) => JSON.stringify([updated_at, ...of.flatMap((id) => states.get(id) ?? [])]);
}
