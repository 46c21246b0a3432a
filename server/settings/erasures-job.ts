import type { SubjectQuery } from '../../contract/subject.ts';
import { SUBJECT_COUNTS } from '../../contract/subject-counts.ts';
import type { Ctx } from '../context.ts';
import {
  type Erasing,
  eachOwnText,
  erasePredictions,
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
import { ofProfiles, reachesOf, withReach } from './reach.ts';

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
  const sum = { ...before };
  const { located, n } = await locate(ctx, erasing);
  let own = ownOf(ctx, row);
  const forget = async (column: string, values: readonly string[]) => {
    if (values.length === 0) return;
    await forgetValues(ctx, id, column, values);
    own = withOwn(own, column, values);
    sum.values += values.length;
  };
  for await (const reach of reachesOf(ctx, located, n, { remembered: own })) {
    own = withReach(own, reach);
    await forget('_label', await ownLabels(ctx, id, reach.ids));
    for (const { subject: part } of OF_MODEL) {
      if (part === undefined) continue;
      const rows = await part.remove(ctx, reach);
      if (part.type !== null) sum[SUBJECT_COUNTS[part.type]] += rows;
    }
  }
  for (const { column, text } of n === 0 ? [] : await namedTexts(ctx, id))
    await eachOwnText(ctx, located, text, (values) => forget(column, values));
  // Noted before what has them is gone: whoever goes on after a death, or looks once more, knows them still.
  await noteOwn(ctx, row, own);
  if (n > 0) await erasePredictions(ctx, located);
  await forgetAgain(ctx, erasing, ofProfiles(own));
  return { ...sum, predictions: Math.max(sum.predictions, n) };
}
