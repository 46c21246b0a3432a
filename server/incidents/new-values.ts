import type { Cause } from '../../contract/incident.ts';
import { judgedTo } from '../alerts/judgements.ts';
import type { Ctx } from '../context.ts';
import { getDistribution } from '../profiles/distribution/get-distribution.ts';
import { namedValues } from '../profiles/distribution/new-values.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { HYPOTHESES } from './causes/index.ts';

const NAMING = new Set(HYPOTHESES.filter(({ namesNewValues }) => namesNewValues).map(({ kind }) => kind));

/**
 * The causes with the values that are new, for people who may read the model. They are not part of the stored sentence,
 * which goes out with messages: that holds no value of a column.
 */
export async function withNewValues(
  ctx: Ctx,
  { model, started_at, last_at, status, going_to }: IncidentRow,
  causes: readonly Cause[],
): Promise<Cause[]> {
  if (!causes.some(({ kind }) => NAMING.has(kind))) return [...causes];
  const judged = status === 'resolved' ? 0 : ((await judgedTo(ctx, [model])).get(model) ?? 0);
  const range = { from: started_at, to: Math.max(last_at + 1, going_to ?? 0, judged) };
  return Promise.all(
    causes.map(async (cause) => {
      if (!NAMING.has(cause.kind)) return cause;
      const { new_values } = await getDistribution(ctx, model, cause.column, range);
      if (new_values.length === 0) return cause;
      return { ...cause, new_values, sentence: `${cause.sentence} New: ${namedValues(new_values)}.` };
    }),
  );
}
