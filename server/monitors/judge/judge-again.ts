import { readCheckpoints } from '../../alerts/checkpoints.ts';
import type { JudgementStep } from '../../alerts/judgements.ts';
import type { Judged } from '../../alerts/series.ts';
import type { Outcome } from '../../alerts/store-outcomes.ts';
import { toldLines } from '../../alerts/told-lines.ts';
import type { Ctx } from '../../context.ts';
import { seriesKey } from '../../signals/series.ts';
import { SignalBatch } from '../../signals/signal-batch.ts';
import { headlineOf } from '../kinds/index.ts';
import { againGroups, alertsOf, type Group } from './again-groups.ts';
import type { Recorder } from './decisions/record.ts';
import { Replay } from './decisions/replay.ts';
import { horizonOf } from './plan/horizon.ts';
import { clipped, merged, type Stretch, touches } from './plan/stretches.ts';
import { type Judgeable, judgeOver, pointsOf } from './series/judgeable.ts';
import type { Case } from './state/model-state.ts';
import { comparableTo } from './state/references.ts';

const AT_ONCE = 0;
/** Buckets judged again in one go. */
const CHUNK = 4_000;

/**
 * Judges again what was rewritten since it was judged: values as known now are stored, and decisions of the last week or
 * two windows are made anew; what was told and is not so is corrected, what nobody was told is told. Every stretch is
 * judged with its own windows of history. How many values were stored.
 */
export async function judgeAgain(ctx: Ctx, known: Case, { record }: Recorder): Promise<number> {
  const batch = new SignalBatch(ctx, ctx.clock(), headlineOf);
  let all: Replayed[] = [];
  const settle = async (step: JudgementStep) => {
    await batch.flush();
    const outcomes = await settled(ctx, known, all);
    all = [];
    await record(outcomes, step);
  };
  for (const group of await againGroups(ctx, known)) {
    const alerts = alertsOf(known, group);
    // What is judged twice goes on from what was recorded the first time.
    if (all.some(({ replays }) => replays.some(({ alert }) => alerts.has(seriesKey(alert)))))
      await settle({});
    const reached = merged(await group.reached(), group.windowMs);
    const horizon = Math.max(known.plan.first, group.cursor - horizonOf(known.model).horizonMs);
    await valuesOnly(ctx, known, group, clipped(reached, 0, horizon), batch);
    const deciding = clipped(merged([...reached, ...group.deciding]), horizon, group.cursor);
    const [first, last] = [deciding[0], deciding.at(-1)];
    if (first === undefined || last === undefined) continue;
    const replays = await begin(ctx, alerts, group.cursor, first.from, horizon);
    await replay(ctx, known, group, { from: first.from, to: last.to }, replays, batch);
    all.push({ group, replays: [...replays.values()] });
  }
  // What is new is looked at next, and only that knows when there is something to judge again.
  await settle({ judged_revision: known.head.revision, due_at: AT_ONCE });
  return batch.stored;
}

/** The series of a group, judged again. */
interface Replayed {
  readonly group: Group;
  readonly replays: readonly Replay[];
}

async function valuesOnly(
  ctx: Ctx,
  known: Case,
  group: Group,
  stretches: readonly Stretch[],
  batch: SignalBatch,
): Promise<void> {
  for (const { from, to: end } of stretches)
    for (let [at, to] = [from, from]; at < end; at = to) {
      to = Math.min(end, comparableTo(known, at, CHUNK));
      const piece = { from: at, to };
      const take = (judgeable: Judgeable) =>
        store(batch, group, judgeable, judgeOver(judgeable, piece, null, Number.POSITIVE_INFINITY));
      await group.judge({ ...piece, take });
      await ctx.turn();
    }
}

/** The series of a group, each from its newest checkpoint before anything changed. */
async function begin(
  ctx: Ctx,
  alerts: ReturnType<typeof alertsOf>,
  cursor: number,
  changed: number,
  horizon: number,
): Promise<Map<string, Replay>> {
  const judged = [...alerts].filter(([, { last_time }]) => last_time === cursor);
  const all = await readCheckpoints(
    ctx,
    judged.map(([, { id }]) => id),
  );
  const replays = new Map<string, Replay>();
  for (const [key, alert] of judged) {
    const own = all.get(alert.id) ?? [];
    const usable = own.filter(({ basis }) => basis === alert.basis);
    const start = usable.findLast(({ time }) => time <= changed) ?? usable[0];
    if (start) replays.set(key, new Replay(alert, own, start, Math.max(start.time, horizon)));
  }
  return replays;
}

/** Judges up to where nothing has changed any more, then from one checkpoint to the next until all is as it was. */
async function replay(
  ctx: Ctx,
  known: Case,
  group: Group,
  changed: Stretch,
  replays: ReadonlyMap<string, Replay>,
  batch: SignalBatch,
): Promise<void> {
  const { everyMs } = horizonOf(known.model);
  const all = [...replays.values()];
  let from = all.reduce((least, each) => Math.min(least, each.from), changed.from);
  while (from < group.cursor) {
    const checkpoint = (Math.floor(Math.max(from, changed.to - 1) / everyMs) + 1) * everyMs;
    const stretch = { from, to: Math.min(group.cursor, checkpoint, comparableTo(known, from, CHUNK)) };
    const take = async (judgeable: Judgeable) => {
      const judged = replays.get(seriesKey(judgeable.series))?.judge(judgeable, stretch, everyMs);
      await store(batch, group, judgeable, judged ?? judgeOver(judgeable, stretch, null, everyMs));
    };
    await group.judge({ ...stretch, take });
    await ctx.turn();
    from = stretch.to;
    if (from < changed.to) continue;
    for (const each of all) each.settleAt(from);
    if (all.every(({ settled }) => settled)) return;
  }
}

/** Values of which the window holds a rewritten bucket. One for which there was too little looked as far as it may. */
function store(batch: SignalBatch, group: Group, judgeable: Judgeable, judged: Judged): Promise<void> {
  const { settings, subject, series } = judgeable;
  const points = pointsOf(judgeable, judged).filter(({ time, measured: { value, verdict, window } }) => {
    const looked = value === null && verdict === 'not_enough_data' ? settings.maxWindow : window;
    return touches(group.rewritten, time - (looked - 1) * subject.bucketMs, time + subject.bucketMs);
  });
  return batch.add(series, points, 'now');
}

/** What is now decided otherwise, and what of it is to be told. */
async function settled(ctx: Ctx, { model }: Case, all: readonly Replayed[]): Promise<Outcome[]> {
  const back = 2 * horizonOf(model).horizonMs;
  const oldest = all.reduce((least, { group }) => Math.min(least, group.cursor), Number.POSITIVE_INFINITY);
  const alerts = all.flatMap(({ replays }) => replays.map(({ alert }) => alert.id));
  const told = await toldLines(ctx, alerts, oldest - back);
  return all.flatMap(({ group: { watchers, cursor }, replays }) => {
    const severities = new Map(watchers.map(({ monitor }) => [monitor.id, monitor.severity]));
    return replays.flatMap((each) => {
      const lines = (told.get(each.alert.id) ?? []).filter(({ time }) => time >= cursor - back);
      return each.outcome(lines, severities.get(each.alert.monitor) ?? 'ticket') ?? [];
    });
  });
}
