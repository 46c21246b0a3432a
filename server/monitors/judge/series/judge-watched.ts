import type { Outcome } from '../../../alerts/store-outcomes.ts';
import type { Ctx } from '../../../context.ts';
import { seriesKey } from '../../../signals/series.ts';
import type { SignalBatch } from '../../../signals/signal-batch.ts';
import { readHistory, type WatchedHistory } from '../../watched/history.ts';
import { WATCHED } from '../../watched/name.ts';
import { watchedSubject } from '../../watched/subject.ts';
import { forwardPass } from '../decisions/forward.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import type { Watcher } from '../state/watcher.ts';
import { judgeable, type Pass } from './judgeable.ts';

/** Buckets judged in one go. */
const CHUNK = 4_000;

export const isWatched = ({ kind }: Pick<Watcher, 'kind'>) => kind.reads === 'watched';

/**
 * Judges signals by what they have been, up to the end of a stretch. The signals must be stored. One that comes late (labels) is judged as far as it has
 * come, and goes on from there when it comes on.
 */
export async function newWatched(
  ctx: Pick<Ctx, 'lake'>,
  known: Case,
  watcher: Watcher,
  { from, to }: Stretch,
  into: { readonly batch: SignalBatch; readonly outcomes: Outcome[] },
): Promise<void> {
  const { model, alerts } = known;
  const key = seriesKey({ monitor: watcher.monitor.id, column: columnOf(watcher), segment: '', version: '' });
  const cursor = alerts.get(key)?.last_time || from;
  const begin = Math.max(cursor, to - CHUNK * model.bucket_ms);
  if (begin >= to) return;
  const history = await readHistory(ctx, model, watcher.options.series!, { from: begin, to });
  if (begin >= history.settledTo) return;
  await judgeWatched(
    known,
    watcher,
    history,
    forwardPass(known, { from: begin, to: history.settledTo }, into),
  );
}

/** The same for the stretch of a pass alone. */
export async function judgeWatched(
  { model }: Pick<Case, 'model'>,
  watcher: Watcher,
  history: WatchedHistory,
  pass: Pass,
): Promise<void> {
  const layer = history.layer ?? watcher.kind.layer;
  const subject = watchedSubject(history);
  await pass.take(
    judgeable(model, watcher, { subject, column: columnOf(watcher), first: history.start, layer }),
  );
}

const columnOf = ({ options }: Pick<Watcher, 'options'>) => WATCHED + options.series;
