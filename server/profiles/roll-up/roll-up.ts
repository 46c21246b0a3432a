import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { newestArrivals, newestOf } from '../../events/arrivals.ts';
import { type Fence, isLeaseLost, requireFence } from '../../jobs/fence.ts';
import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import { findModel } from '../../models/find-model.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { cameTo } from '../beside/locate.ts';
import { emptyHead, openHead } from '../heads/open-head.ts';
import { sameLabels } from '../labels/mode.ts';
import { rollUpLabels } from '../labels/roll-up-labels.ts';
import { rollUpOutcomes } from '../outcomes/roll-up-outcomes.ts';
import { endSplits } from '../segments/end-splits.ts';
import { rollUpSent } from '../sent/roll-up-sent.ts';
import { FEW_VALUES } from './few-rows.ts';
import { finish } from './finish.ts';
import { EVERY_BUCKET, LABELS, OUTCOMES, SENT_PROFILES } from './held.ts';
import { AT_ONCE, isTime, type Pace } from './pace.ts';
import type { Lanes } from './plan.ts';
import { rollUpPredictions } from './predictions.ts';
import { recount } from './recount.ts';
import { beginResizing, endResizing } from './resize.ts';
import { type BesideKind, beginRun, besideOf, type Run } from './run.ts';
import { isItsOwn, MEMORY } from './run-pieces.ts';
import { visibleStamps } from './visible.ts';

export interface RollUpOptions {
  /** The right to decide about the model; without it nobody else may. */
  readonly fence?: Fence;
  /** Everything with a stamp before this is visible; what the servers say when absent. */
  readonly to?: number;
  readonly lanes?: Lanes;
  /** How often labels are counted; at once when absent. */
  readonly pace?: Pace;
  /** Bytes that one statement may use. */
  readonly memoryBytes?: number;
  /** Up to so many values are counted by this process. */
  readonly fewValues?: number;
}

export interface RolledUp {
  readonly buckets: number;
  readonly gathering?: true;
}

/**
 * Recomputes the profiles of every bucket that changed since the last time (new predictions, late labels) and replaces
 * them; then moves the model's head forward, in one transaction. Works in pieces of bounded size, whatever has come.
 * Idempotent and stateless: running it twice, or dying between any two statements, changes no number. A piece that fails
 * again and again holds up only itself, and is told in the head. `gathering`: labels may have come that it is not yet time for.
 * Errors: not_found, lease_lost, and those of the stores. Example: `await rollUp(ctx, 'credit')` → { buckets: 3 }
 */
export async function rollUp(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock' | 'stamps' | 'turn' | 'log'>,
  modelId: string,
  options: RollUpOptions = {},
): Promise<RolledUp> {
  const model = await findModel(ctx, modelId);
  try {
    return await attempt(ctx, model, options);
  } catch (error) {
    if (!isLeaseLost(error)) await noteFailure(ctx, model, options.fence, error);
    throw error;
  }
}

async function attempt(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock' | 'stamps' | 'turn' | 'log'>,
  model: ModelRow,
  { fence, to, lanes = 2, pace = AT_ONCE, memoryBytes = MEMORY, fewValues = FEW_VALUES }: RollUpOptions,
): Promise<RolledUp> {
  const open = await openHead(ctx, model);
  const { head } = open;
  const visible = Math.max(head.rolled_up_to, to ?? (await visibleStamps(ctx)));
  const newest = await newestArrivals(ctx, [model.id]);
  const run = await beginRun(ctx, model, open, visible, { fence, lanes, memoryBytes, fewValues });
  if (head.bucket_ms !== model.bucket_ms && head.first !== null) run.resizing = await beginResizing(run);
  await rollUpPredictions(run, (newest.get(model.id)?.predictions ?? -1) >= head.rolled_up_to);
  const arrivals = (kind: BesideKind) => {
    const came = cameTo(head, kind);
    return newestOf(kind, newest, model, came) >= came;
  };
  await byItself(run, SENT_PROFILES, () =>
    rollUpSent(run, (newest.get(model.id)?.profiles ?? -1) >= head.sent_to),
  );
  const labels = arrivals('labels');
  const gathering = labels && !isTime(head.labelled_to, pace.labelsMs, run.now);
  await byItself(run, LABELS, () => labelsOf(run, labels && !gathering), 'labels');
  await byItself(
    run,
    OUTCOMES,
    () => rollUpOutcomes(run, arrivals('outcomes'), run.resizing !== null || run.splitAnew),
    'outcomes',
  );
  if (run.resizing) await endResizing(run, run.resizing);
  if (run.splitAnew) await endSplits(run);
  await recount(run);
  await finish(run);
  return { buckets: run.done.buckets, ...(gathering && { gathering }) };
}

/** Labels are counted anew where they are read otherwise than they were. */
function labelsOf(run: Run, arrivals: boolean): Promise<void> {
  const { head, model, done } = run;
  const same = head.ranking_k === model.ranking_k || model.task !== 'ranking';
  const read = same && sameLabels(head.task as ModelRow['task'], model.task, storedAnswer(run.columns));
  const anew = !read || done.scoresAgain || run.resizing !== null || run.splitAnew;
  return rollUpLabels(run, arrivals, head.labels > 0 && anew);
}

/** What comes for predictions must not hold up what they say themselves: it fails and is held by itself. */
async function byItself(run: Run, name: string, work: () => Promise<void>, kind?: BesideKind): Promise<void> {
  const { head, now, done } = run;
  const leaf = { bucket: EVERY_BUCKET, name };
  if (run.held.some((held) => held.bucket === leaf.bucket && held.name === name && held.next > now)) return;
  try {
    await work();
  } catch (error) {
    if (!isItsOwn(error)) throw error;
    if (kind !== undefined) Object.assign(done.beside[kind], besideOf(head)[kind]);
    done.failures.push({ ...leaf, message: (error as Error).message });
  }
}

/** The head says what the roll-up failed of, as far as the ledger is there. */
async function noteFailure(
  ctx: Pick<Ctx, 'ledger' | 'log'>,
  model: ModelRow,
  fence: Fence | undefined,
  error: unknown,
): Promise<void> {
  const failure = `the roll-up failed: ${error instanceof TiltmeterError ? error.message : String(error)}`;
  try {
    await ctx.ledger.transaction().execute(async (trx) => {
      if (fence !== undefined) await requireFence(trx, fence);
      await trx
        .insertInto('profile_heads')
        .values({ ...emptyHead(model), failure })
        .onConflict((conflict) => conflict.column('model').doUpdateSet({ failure }))
        .execute();
    });
  } catch (err) {
    ctx.log.warn({ model: model.id, err }, 'a failed roll-up could not be noted');
  }
}
