import { TiltmeterError } from '../../../contract/errors.ts';
import type { Respond } from '../../alerts/decided.ts';
import { judgedTo } from '../../alerts/judged-to.ts';
import { type Outcome, record } from '../../alerts/record.ts';
import type { Ctx } from '../../context.ts';
import { adoptAutomaticReference } from '../../profiles/references/automatic.ts';
import { type ResolvedReference, referenceProfiles } from '../../profiles/references/resolve.ts';
import { seriesKey } from '../../signals/series.ts';
import { SignalBatch } from '../../signals/signal-batch.ts';
import type { AlertRow, ModelRow } from '../../store/ledger/schema.ts';
import { monitorsOf } from '../defaults.ts';
import { kindOf } from '../kinds/index.ts';
import { HISTORY_MS } from './histories.ts';
import { judgeBuckets } from './judge-buckets.ts';
import { judgeQuality } from './judge-quality.ts';
import { profileHeads, readWatermark } from './model-state.ts';
import type { Work } from './work.ts';

/** Buckets judged in one go; a long replay takes several, each a transaction of its own. */
const CHUNK = 4_000;
const DAY = 86_400_000;

export interface Evaluated {
  /** Buckets judged, and values stored. */
  readonly buckets: number;
  readonly points: number;
}

/**
 * Judges every bucket of a model that is complete and was not judged yet: values to the lake, then alerts, their
 * transitions, whatever `respond` makes of them (incidents, messages) and `judgements.evaluated_to` in one ledger
 * transaction. Dying at any point and starting again decides nothing twice: values may be stored twice, under another
 * `known_at`; decisions are not. Errors: conflict when another server judged the model meanwhile, those of the stores.
 */
export async function evaluate(ctx: Ctx, modelId: string, respond: Respond): Promise<Evaluated> {
  let buckets = 0;
  let points = 0;
  for (;;) {
    const done = await evaluateChunk(ctx, modelId, respond);
    buckets += done.buckets;
    points += done.points;
    if (!done.more) return { buckets, points };
  }
}

async function evaluateChunk(ctx: Ctx, modelId: string, respond: Respond) {
  const model = await readModel(ctx, modelId);
  const heads = await profileHeads(ctx, modelId);
  const all = heads.get('_all');
  if (!model || !all) return { buckets: 0, points: 0, more: false };
  const { bucket_ms: bucketMs } = model;
  const align = (time: number) => Math.floor(time / bucketMs) * bucketMs;
  const { completeTo, newestEvent, live } = await readWatermark(ctx, model, all.last);
  const first = align(all.first);
  const judged = (await judgedTo(ctx, [modelId])).get(modelId) ?? 0;
  const from = await pastTheGap(ctx, model, Math.max(align(judged), first), completeTo);
  // A rolling reference moves with the day that is judged.
  const most = (await usesRolling(ctx, model)) ? Math.max(1, Math.floor(DAY / bucketMs)) : CHUNK;
  const to = Math.max(from, Math.min(completeTo, from + most * bucketMs));
  const monitors = (await monitorsOf(ctx, modelId)).filter(({ kind }) => kindOf(kind) !== undefined);
  const batch = new SignalBatch(ctx, ctx.clock());
  const alerts = await alertsOf(ctx, modelId);
  const reference = references(ctx, model, from);
  const work: Work = { model, heads, alerts, newestEvent, first, from, to, live, batch, reference };

  const outcomes: Outcome[] = to > from ? await judgeBuckets(ctx, work, monitors) : [];
  for (const monitor of monitors) {
    const kind = kindOf(monitor.kind);
    if (kind?.reads === 'quality') outcomes.push(...(await judgeQuality(ctx, work, monitor, kind)));
  }
  await batch.flush();
  if (to > from || outcomes.length > 0) await record(ctx, { model, judgedTo: judged, to }, outcomes, respond);
  return { buckets: (to - from) / bucketMs, points: batch.stored, more: to < completeTo };
}

/**
 * Where judging goes on: at `from`, or, when nothing came for longer than any window looks back, where it came again.
 * One event of the year 2001 does not make a quarter of a century of empty hours.
 */
async function pastTheGap(ctx: Ctx, model: ModelRow, from: number, completeTo: number): Promise<number> {
  if (completeTo - from <= HISTORY_MS) return from;
  const [next] = await ctx.lake.query<{ start: number }>(
    `SELECT toUnixTimestamp64Milli(min(time)) AS start FROM tiltmeter.profiles
WHERE model = {model:String} AND source = '' AND column = '_all' AND n > 0
  AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
HAVING count() > 0`,
    { model: model.id, from },
  );
  return next !== undefined && next.start - from > HISTORY_MS ? next.start : from;
}

/** Each reference is read once. */
function references(ctx: Ctx, model: ModelRow, at: number): Work['reference'] {
  const read = new Map<string, Promise<ResolvedReference | null>>();
  return (id = model.reference_id ?? undefined) => {
    if (id === undefined) return Promise.resolve(null);
    const found = read.get(id) ?? resolve(ctx, model.id, id, at);
    read.set(id, found);
    return found;
  };
}

/** A reference that a monitor names and that was removed is as good as none. */
async function resolve(ctx: Ctx, model: string, id: string, at: number): Promise<ResolvedReference | null> {
  try {
    return await referenceProfiles(ctx, model, id, { at });
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'not_found') return null;
    throw error;
  }
}

/** The model, with its automatic reference if it has none and there is enough: a fast replay must not outrun it. */
async function readModel(ctx: Ctx, id: string): Promise<ModelRow | undefined> {
  const read = () => ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirst();
  const model = await read();
  if (model?.reference_id !== null) return model;
  return (await adoptAutomaticReference(ctx, model)) ? read() : model;
}

async function alertsOf(ctx: Ctx, model: string): Promise<Map<string, AlertRow>> {
  const rows = await ctx.ledger.selectFrom('alerts').selectAll().where('model', '=', model).execute();
  return new Map(rows.map((row) => [seriesKey(row), row]));
}

async function usesRolling(ctx: Ctx, model: ModelRow): Promise<boolean> {
  const rolling = await ctx.ledger
    .selectFrom('references')
    .select('id')
    .where('model', '=', model.id)
    .where('kind', '=', 'rolling')
    .limit(1)
    .execute();
  return rolling.length > 0;
}
