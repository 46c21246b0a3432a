import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { JudgementRow, Ledger } from '../store/ledger/schema.ts';

/** How far a model has been judged. */
export type Judgement = Pick<
  JudgementRow,
  'model' | 'evaluated_to' | 'judged_revision' | 'matured_to' | 'round' | 'due_at'
>;

const MODELS = 500;

/** How far each model has been judged; one that never was begins at nothing. */
export async function readJudgements(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<Map<string, Judgement>> {
  const all = new Map<string, Judgement>(models.map((model) => [model, unjudged(model)]));
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ctx.ledger
      .selectFrom('judgements')
      .select(['model', 'evaluated_to', 'judged_revision', 'matured_to', 'round', 'due_at'])
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const row of rows) all.set(row.model, row);
  }
  return all;
}

function unjudged(model: string): Judgement {
  return { model, evaluated_to: 0, judged_revision: 0, matured_to: 0, round: 0, due_at: null };
}

/**
 * End of the last judged bucket (event time) of each model, of all models when none is named. A model that was never
 * judged has no entry. Example: `(await judgedTo(ctx, ['m'])).get('m') ?? 0`
 */
export async function judgedTo(
  ctx: Pick<Ctx, 'ledger'>,
  models?: readonly string[],
): Promise<Map<string, number>> {
  let query = ctx.ledger.selectFrom('judgements').select(['model', 'evaluated_to']);
  if (models !== undefined) query = query.where('model', 'in', [...models]);
  return new Map((await query.execute()).map(({ model, evaluated_to }) => [model, evaluated_to]));
}

export type JudgementStep = Partial<
  Pick<Judgement, 'evaluated_to' | 'judged_revision' | 'matured_to' | 'due_at'>
>;

/**
 * Moves on from what was read. Errors: conflict when something was decided about the model meanwhile, so that nothing is
 * decided twice on the same grounds.
 */
export async function moveOn(
  ctx: Pick<Ctx, 'clock'>,
  trx: Transaction<Ledger>,
  read: Judgement,
  step: JudgementStep,
): Promise<Judgement> {
  const next: Judgement = { ...read, ...step, round: read.round + 1 };
  const row: JudgementRow = { ...next, succeeded_at: ctx.clock(), failure: null };
  const moved = await trx
    .insertInto('judgements')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('model').doUpdateSet(row).where('judgements.round', '=', read.round),
    )
    .returning('model')
    .executeTakeFirst();
  if (!moved) throw new TiltmeterError('conflict', `${read.model} was judged meanwhile`);
  return next;
}

/** Says that a model could not be judged, and what of; the next time that goes well says otherwise. */
export async function noteFailure(ctx: Pick<Ctx, 'ledger'>, model: string, failure: string): Promise<void> {
  await ctx.ledger
    .insertInto('judgements')
    .values({ ...unjudged(model), succeeded_at: 0, failure })
    .onConflict((conflict) => conflict.column('model').doUpdateSet({ failure }))
    .execute();
}

/** How the judging of a model stands. */
export type JudgingState = Pick<
  JudgementRow,
  'model' | 'evaluated_to' | 'judged_revision' | 'due_at' | 'succeeded_at' | 'failure'
>;

/** How the judging of all models stands; one that was never judged is absent. */
export function judgingStates(ctx: Pick<Ctx, 'ledger'>): Promise<JudgingState[]> {
  return ctx.ledger
    .selectFrom('judgements')
    .select(['model', 'evaluated_to', 'judged_revision', 'due_at', 'succeeded_at', 'failure'])
    .execute();
}
