import type { SubjectQuery } from '../../contract/subject.ts';
import type { Ctx } from '../context.ts';
import {
  type Erasing,
  eachIds,
  eachOwnText,
  eachOwnTrace,
  erasePredictions,
  eraseRejects,
  forgetHow,
  locate,
  ownLabels,
} from '../events/subject/erase-subject.ts';
import { type Fence, requireFence } from '../jobs/fence.ts';
import type { SingleJob } from '../jobs/job.ts';
import {
  askedOf,
  type Erased,
  erasedOf,
  noteErased,
  noteOwn,
  openErasures,
  ownOf,
} from '../models/erasures.ts';
import { modelRow } from '../models/find-model.ts';
import type { Protections } from '../models/privacy/protections.ts';
import { GRACE_MS, stampsBefore } from '../models/removals.ts';
import { forgetValues } from '../profiles/forget-values.ts';
import { namedTexts } from '../profiles/named-texts.ts';
import type { ErasureRow } from '../store/ledger/schema.ts';
import { findSubject } from './erase-subject.ts';
import { forgetAgain, withOwn } from './forget-again.ts';
import { OF_MODEL } from './of-model.ts';

/** What of the answer tells how many rows of a part went. */
const COUNTED: Readonly<Record<string, Exclude<keyof Erased, 'predictions' | 'values'>>> = {
  ...{ labels: 'labels', outcomes: 'outcomes', rejects: 'rejects', holds: 'hold_rows' },
  ...{ otel_traces: 'telemetry', otel_logs: 'telemetry' },
};

/** Where ids of traces are noted, beside values of columns. */
const TRACES = '_trace';

/** What a server that was in the middle of something wrote afterwards is looked for once more. */
const AGAIN_MS = 10 * 60_000;

/**
 * Removes what is stored of subjects that people have erased. May die between any two statements: each of them may be repeated, and
 * what is not done is done the next time. What fails harms no other erasure.
 */
export function erasuresJob(protections: Protections): SingleJob {
  return {
    name: 'erasures',
    scope: 'one',
    everyMs: 5_000,
    async run(ctx, fence) {
      for (const row of await openErasures(ctx)) {
        await ctx.turn();
        try {
          await goOn(ctx, protections, fence, row);
        } catch (err) {
          const about = { err, model: row.model, erasure: row.id };
          ctx.log.error(about, 'not everything could be erased; it is tried again');
        }
      }
    },
  };
}

async function goOn(ctx: Ctx, protections: Protections, fence: Fence, row: ErasureRow): Promise<void> {
  const { id, requested_at, finished_at } = row;
  const now = ctx.clock();
  if (now < requested_at + GRACE_MS) return;
  if (finished_at !== null && now < finished_at + AGAIN_MS) return;
  const before = erasedOf(row);
  const model = await modelRow(ctx, row.model);
  // Of a model that was removed, or another of its name, nothing is left to erase.
  const gone = model === undefined || model.created_at > requested_at;
  const erased = gone ? before : await erase(ctx, protections, row, before);
  await forgetHow(ctx);
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    const finished = finished_at ?? ctx.clock();
    await noteErased(trx, id, { erased, finished, forget: gone || finished_at !== null });
  });
  if (finished_at === null) ctx.log.info({ model: row.model, erasure: id }, 'what people erased is gone');
}

async function erase(ctx: Ctx, protections: Protections, row: ErasureRow, before: Erased): Promise<Erased> {
  const { model: id, table_name: table } = row;
  const { subject } = await findSubject(ctx, protections, id, askedOf(ctx, row) as SubjectQuery);
  const erasing: Erasing = { model: id, table, subject, before: stampsBefore(row) };
  const sum = { ...before, rejects: before.rejects + (await eraseRejects(ctx, erasing)) };
  const { located, n } = await locate(ctx, erasing);
  let own = ownOf(ctx, row);
  const forget = async (column: string, values: readonly string[]) => {
    if (values.length === 0) return;
    await forgetValues(ctx, id, column, values);
    own = withOwn(own, column, values);
    sum.values += values.length;
  };
  const going = { model: id, before: erasing.before };
  const count = ({ name }: (typeof OF_MODEL)[number], rows = 0) => {
    const told = COUNTED[name];
    if (told !== undefined) sum[told] += rows;
  };
  const removeAll = async (how: 'removeIds' | 'removeRequests' | 'removeTraces', ids: readonly string[]) => {
    if (ids.length === 0) return;
    for (const part of OF_MODEL) count(part, await part[how]?.(ctx, { ...going, ids }));
  };
  const remove = async (ids: readonly string[]) => {
    await forget('_label', await ownLabels(ctx, id, ids));
    await removeAll('removeIds', ids);
  };
  const removeTraces = async (ids: readonly string[]) => {
    own = withOwn(own, TRACES, ids);
    await removeAll('removeTraces', ids);
  };
  await eachIds(ctx, located, n, remove);
  // Labels may have come without their prediction.
  if (subject.ids.length > 0) await remove(subject.ids);
  // Spans that came later than what they tell of.
  await removeAll('removeTraces', own.get(TRACES) ?? []);
  if (n > 0) {
    const requests = { sql: '_request_id', params: {} };
    await eachOwnText(ctx, located, requests, (ids) => removeAll('removeRequests', ids));
    await eachOwnTrace(ctx, located, removeTraces);
  }
  if (subject.where.length > 0)
    for (const part of OF_MODEL)
      count(part, await part.removeValues?.(ctx, { ...going, where: subject.where }));
  for (const { column, text } of n === 0 ? [] : await namedTexts(ctx, id))
    await eachOwnText(ctx, located, text, (values) => forget(column, values));
  // Noted before what has them is gone: whoever goes on after a death, or looks once more, knows them still.
  await noteOwn(ctx, row, own);
  if (n > 0) await erasePredictions(ctx, located);
  await forgetAgain(ctx, erasing, new Map([...own].filter(([column]) => column !== TRACES)));
  return { ...sum, predictions: Math.max(sum.predictions, n) };
}
