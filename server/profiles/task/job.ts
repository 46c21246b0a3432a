import type { Ctx } from '../../context.ts';
import { LABELS } from '../../events/labels-table.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { allModels, modelColumns } from '../../models/find-model.ts';
import { learnTask } from '../../models/learn.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { profileHeads } from '../heads/read-heads.ts';
import { inferTask, type TaskEvidence } from './task.ts';

/** Predictions that are looked at: the newest ones, enough to tell two classes from three. */
const SAMPLE = 20_000;

/** Settles the task of models for which it is still unknown. A task that people set is left alone. */
export function taskJob(): SingleJob {
  /** The profiles that a model had when it was looked at last: until they change there is nothing new to see. */
  const looked = new Map<string, number>();
  return {
    name: 'infer_tasks',
    scope: 'one',
    everyMs: 15_000,
    async run(ctx) {
      const unknown = (await allModels(ctx)).filter(({ task }) => task === 'unknown');
      const heads = await profileHeads(
        ctx,
        unknown.map(({ id }) => id),
      );
      for (const model of unknown) {
        const revision = heads.get(model.id)?.revision;
        if (revision === undefined || looked.get(model.id) === revision) continue;
        await ctx.turn();
        const task = inferTask(await evidence(ctx, model));
        looked.set(model.id, revision);
        if (task !== 'unknown') await learnTask(ctx, model.id, task);
      }
    },
  };
}

async function evidence(ctx: Ctx, model: ModelRow): Promise<TaskEvidence> {
  const columns = await modelColumns(ctx, model.id);
  const prediction = columns.find(({ name }) => name === '_prediction')?.type;
  const value = prediction === undefined ? 'NULL' : '_prediction';
  const zeroOrOne = prediction === 'numeric' ? 'countIf(_prediction NOT IN (0, 1)) = 0' : '0';
  const [[seen], [labelled]] = await Promise.all([
    ctx.lake.query<{ predictions: number; classes: number; zeroOrOne: number; scores: number }>(
      `SELECT count() AS predictions, uniqUpTo(3)(${value}) AS classes, ${zeroOrOne} AS zeroOrOne, count(_score) AS scores
       FROM (SELECT * FROM ${modelTable(model.table_name)} ORDER BY _time DESC LIMIT {limit:UInt64})`,
      { limit: SAMPLE },
    ),
    ctx.lake.query<{ labels: number }>(
      `SELECT uniqUpTo(3)(label) AS labels FROM ${LABELS} WHERE model = {model:String}`,
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
