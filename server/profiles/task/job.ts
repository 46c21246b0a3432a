import type { Ctx } from '../../context.ts';
import { LABELS } from '../../events/labels-table.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { allModels, modelColumns } from '../../models/find-model.ts';
import { inferences, learnTask } from '../../models/inferences.ts';
import { learnLabelType } from '../../models/learn.ts';
import type { InferenceRow, ModelRow } from '../../store/ledger/schema.ts';
import { profileHeads } from '../heads/read-heads.ts';
import { type LabelEvidence, labelTypeOf } from './label-type.ts';
import { inferTask, type TaskEvidence, turnsOut } from './task.ts';

/** Predictions that are looked at: the newest ones, enough to tell two classes from three. */
const SAMPLE = 20_000;

/** Labels that are looked at. */
const LABEL_SAMPLE = 20_000;
/** Of a model that answers with texts: the most frequent labels of this share of the rows are classes, others are slips of a sender. */
const NEARLY_ALL = 0.99;
/** A task that was inferred is looked at again when so many times as much has come. */
const GROWTH = 2;

/**
 * Settles the task of models, and what their labels are, where that is still unknown, and corrects a task that was inferred
 * from too little. What people set is left alone.
 */
export function taskJob(): SingleJob {
  /** How much a model had when it was looked at last: until it has more there is nothing new to see. */
  const looked = new Map<string, number>();
  return {
    name: 'infer_tasks',
    scope: 'one',
    everyMs: 15_000,
    async run(ctx) {
      const all = await allModels(ctx);
      const inferred = await inferences(
        ctx,
        all.map(({ id }) => id),
      );
      const open = all.filter((model) => isUnsettled(model) || isInferred(model, inferred.get(model.id)));
      const heads = await profileHeads(
        ctx,
        open.map(({ id }) => id),
      );
      for (const model of open) {
        const head = heads.get(model.id);
        if (head === undefined) continue;
        const seen = head.predictions + head.labels + head.waiting;
        const least = (looked.get(model.id) ?? 0) * (isUnsettled(model) ? 1 : GROWTH);
        if (seen <= least) continue;
        await ctx.turn();
        await settle(ctx, model, { inferred: inferred.get(model.id), labelled: head.labels > 0 });
        looked.set(model.id, seen);
      }
    },
  };
}

const isUnsettled = ({ task, label_type }: ModelRow) => task === 'unknown' || label_type === null;
const isInferred = ({ task }: ModelRow, inferred: InferenceRow | undefined) => inferred?.task === task;

interface Settling {
  readonly inferred: InferenceRow | undefined;
  readonly labelled: boolean;
}

async function settle(ctx: Ctx, model: ModelRow, { inferred, labelled }: Settling): Promise<void> {
  const learns = {
    task: model.task === 'unknown' || isInferred(model, inferred),
    labels: model.label_type === null && labelled,
  };
  if (!learns.task && !learns.labels) return;
  const columns = await modelColumns(ctx, model.id);
  const prediction = columns.find(({ name }) => name === '_prediction')?.type;
  if (learns.task) {
    const task = inferTask(await evidence(ctx, model, prediction));
    if (turnsOut(model.task, task)) await learnTask(ctx, model, task);
  }
  if (learns.labels) {
    const type = labelTypeOf(await labelEvidence(ctx, model, prediction));
    if (type !== null) await learnLabelType(ctx, model.id, type);
  }
}

type PredictionType = TaskEvidence['prediction'];

async function labelEvidence(ctx: Ctx, { id }: ModelRow, prediction: PredictionType): Promise<LabelEvidence> {
  const [row] = await ctx.lake.query<Omit<LabelEvidence, 'prediction'>>(
    `SELECT count() AS labels, count(label_number) AS numbers, countIf(label_number IN (0, 1)) AS zeroOrOne,
       countIf(lower(label) IN ('true', 'false')) AS booleans
     FROM (SELECT label, label_number FROM ${LABELS} WHERE model = {model:String} LIMIT {limit:UInt64})`,
    { model: id, limit: LABEL_SAMPLE },
  );
  return { ...(row ?? { labels: 0, numbers: 0, zeroOrOne: 0, booleans: 0 }), prediction };
}

async function evidence(ctx: Ctx, model: ModelRow, prediction: PredictionType): Promise<TaskEvidence> {
  const value = prediction === undefined ? 'NULL' : '_prediction';
  const zeroOrOne = prediction === 'numeric' ? 'countIf(_prediction NOT IN (0, 1)) = 0' : '0';
  const [[seen], [labelled]] = await Promise.all([
    ctx.lake.query<{
      predictions: number;
      classes: number;
      zeroOrOne: number;
      scores: number;
      lists: number;
    }>(
      `SELECT count() AS predictions, uniqUpTo(3)(${value}) AS classes, ${zeroOrOne} AS zeroOrOne, count(_score) AS scores, countIf(notEmpty(_ranked)) AS lists
       FROM (SELECT * FROM ${modelTable(model.table_name)} ORDER BY _time DESC LIMIT {limit:UInt64})`,
      { limit: SAMPLE },
    ),
    ctx.lake.query<{ labels: number }>(
      `SELECT least(3, arrayFirstIndex(most -> most >= {nearlyAll:Float64} * arraySum(counts), arrayCumSum(counts))) AS labels
       FROM (SELECT arrayReverseSort(groupArray(n)) AS counts
         FROM (SELECT count() AS n FROM ${LABELS} WHERE model = {model:String} GROUP BY label))`,
      { model: model.id, nearlyAll: prediction === 'categorical' ? NEARLY_ALL : 1 },
    ),
  ]);
  return {
    predictions: Number(seen?.predictions ?? 0),
    prediction,
    classes: Number(seen?.classes ?? 0),
    zeroOrOne: Boolean(Number(seen?.zeroOrOne ?? 0)),
    scores: Number(seen?.scores ?? 0) > 0,
    lists: 2 * Number(seen?.lists ?? 0) > Number(seen?.predictions ?? 0),
    labels: Number(labelled?.labels ?? 0),
  };
}
