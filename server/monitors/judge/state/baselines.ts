import type { Ctx } from '../../../context.ts';
import type { BaselineRow } from '../../../store/ledger/schema.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from './model-state.ts';

/** What stands in for a reference: the model's own first weeks. */
export const OWN = 'own';

/** What is normal for a metric, and the stretch of production that was counted; an empty one for a file. */
export interface Baseline extends Stretch {
  readonly sums: readonly number[];
}

/** What a baseline is of, what it comes from, and since when it counts. */
export interface Making {
  /** Metric and columns, and for a model's own weeks their beginning. */
  readonly madeOf: string;
  /** Id of a reference, or `own`. */
  readonly comparedWith: string;
  /** Event time; null for the whole history. */
  readonly judgedFrom: number | null;
}

export interface KeptBaseline extends Baseline, Making {}

/** The baselines of a model by name. */
export async function readBaselines(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
): Promise<Map<string, KeptBaseline>> {
  const rows = await ctx.ledger.selectFrom('baselines').selectAll().where('model', '=', model).execute();
  return new Map(rows.map((row) => [row.name, keptOf(row)]));
}

const keptOf = (row: BaselineRow): KeptBaseline => ({
  madeOf: row.made_of,
  comparedWith: row.compared_with,
  judgedFrom: row.judged_from,
  from: row.period_from,
  to: row.period_to,
  sums: JSON.parse(row.sums) as number[],
});

/** Whether one is made as the other. */
export function isMadeAs(kept: Making | undefined, { madeOf, comparedWith }: Making): boolean {
  return kept?.madeOf === madeOf && kept.comparedWith === comparedWith;
}

/** Keeps a baseline, where it or since when it counts is other than what is kept. A trial keeps nothing. */
export async function keepBaseline(
  ctx: Pick<Ctx, 'ledger'>,
  { model, head, baselines, trial }: Pick<Case, 'model' | 'head' | 'baselines' | 'trial'>,
  name: string,
  made: KeptBaseline,
): Promise<void> {
  const kept = baselines.get(name);
  baselines.set(name, made);
  if (trial || (isMadeAs(kept, made) && kept?.judgedFrom === made.judgedFrom)) return;
  const row: BaselineRow = {
    model: model.id,
    name,
    made_of: made.madeOf,
    compared_with: made.comparedWith,
    judged_from: made.judgedFrom,
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
}
