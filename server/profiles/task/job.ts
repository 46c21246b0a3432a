import type { Ctx } from '../../context.ts';
import type { Job } from '../../jobs/job.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { inferTask, type TaskEvidence } from './task.ts';

/** Predictions that are looked at: the newest ones, enough to tell two classes from three. */
const SAMPLE = 20_000;

/** Settles the task of models for which it is still unknown. A task that people set is left alone. */
export const inferTasks: Job = {
  name: 'infer_tasks',
  scope: 'one',
  everyMs: 15_000,
  async run(ctx) {
    const models = await ctx.ledger.selectFrom('models').selectAll().where('task', '=', 'unknown').execute();
    for (const model of models) {
      const seen = await evidence(ctx, model);
      const task = inferTask(seen);
      if (task === 'unknown') continue;
      // Until now the labels of a numeric prediction were compared as numbers: their profiles are made anew.
      const anew = task === 'binary' && seen.prediction === 'numeric' ? { rolled_up_to: 0 } : {};
      await ctx.ledger
        .updateTable('models')
        .set({ task, updated_at: ctx.clock(), ...anew })
        .where('id', '=', model.id)
        .where('task', '=', 'unknown')
        .execute();
    }
  },
};

async function evidence(ctx: Ctx, model: ModelRow): Promise<TaskEvidence> {
  const column = await ctx.ledger
    .selectFrom('columns')
    .select('type')
    .where('model', '=', model.id)
    .where('name', '=', '_prediction')
    .executeTakeFirst();
  const prediction = column?.type;
  const value = prediction === undefined ? 'NULL' : '_prediction';
  const zeroOrOne = prediction === 'numeric' ? 'countIf(_prediction NOT IN (0, 1)) = 0' : '0';
  const [[seen], [labelled]] = await Promise.all([
    ctx.lake.query<{ predictions: number; classes: number; zeroOrOne: number; scores: number }>(
      `SELECT count() AS predictions, uniqUpTo(3)(${value}) AS classes, ${zeroOrOne} AS zeroOrOne, count(_score) AS scores
       FROM (SELECT * FROM ${modelTable(model.table_name)} ORDER BY _time DESC LIMIT {limit:UInt64})`,
      { limit: SAMPLE },
    ),
    ctx.lake.query<{ labels: number }>(
      'SELECT uniqUpTo(3)(label) AS labels FROM tiltmeter.labels WHERE model = {model:String}',
      { model: model.id },
    ),
  ]);
  return {
    predictions: Number(seen?.predictions ?? 0),
    prediction,
    classes: Number(seen?.classes ?? 0),
    zeroOrOne: Boolean(Number(seen?.zeroOrOne ?? 0)),
    scores: Number(seen?.scores ?? 0) > 0,
    labels: Number(labelled?.labels ?? 0),
  };
}
