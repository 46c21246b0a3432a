import type { Ctx } from '../../../context.ts';
import type { BaselineRow } from '../../../store/ledger/schema.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from './model-state.ts';

/** What is normal by a model's own first weeks, and the stretch that was counted. */
export interface Baseline extends Stretch {
  readonly sums: readonly number[];
}

export interface KeptBaseline extends Baseline {
  readonly madeOf: string;
}

/** The baselines of a model by name. */
export async function readBaselines(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
): Promise<Map<string, KeptBaseline>> {
  const rows = await ctx.ledger.selectFrom('baselines').selectAll().where('model', '=', model).execute();
  return new Map(
    rows.map(({ name, made_of, period_from, period_to, sums }) => [
      name,
      { madeOf: made_of, from: period_from, to: period_to, sums: JSON.parse(sums) as number[] },
    ]),
  );
}

/**
 * A baseline as it was made once, or made now: when there is none yet, when it is to be of something else, or when what
 * it was counted from has been rewritten. Null while there is not enough.
 */
export async function keptBaseline(
  ctx: Pick<Ctx, 'ledger'>,
  { model, head, baselines, trial }: Pick<Case, 'model' | 'head' | 'baselines' | 'trial'>,
  name: string,
  madeOf: string,
  make: () => Promise<Baseline | null>,
): Promise<Baseline | null> {
  const kept = baselines.get(name);
  if (kept?.madeOf === madeOf) return kept;
  const made = await make();
  if (made === null) return null;
  baselines.set(name, { ...made, madeOf });
  if (trial) return made;
  const row: BaselineRow = {
    model: model.id,
    name,
    made_of: madeOf,
    period_from: made.from,
    period_to: made.to,
    revision: head.revision,
    sums: JSON.stringify(made.sums),
  };
  await ctx.ledger
    .insertInto('baselines')
    .values(row)
    .onConflict((conflict) => conflict.columns(['model', 'name']).doUpdateSet(row))
    .execute();
  return made;
}
