import type { Checkpoint } from '../../../alerts/checkpoints.ts';
import type { CorrectedLine } from '../../../alerts/corrections.ts';
import { episodeOf, type Judged, type SeriesMemory, type Told } from '../../../alerts/series.ts';
import type { Outcome } from '../../../alerts/store-outcomes.ts';
import { type Series, seriesKey } from '../../../signals/series.ts';
import type { SignalBatch } from '../../../signals/signal-batch.ts';
import type { AlertRow } from '../../../store/ledger/schema.ts';
import { horizonOf } from '../plan/horizon.ts';
import type { Stretch } from '../plan/stretches.ts';
import { type Judgeable, judgeOver, type Pass, pointsOf } from '../series/judgeable.ts';
import type { Case } from '../state/model-state.ts';

/** Judges buckets for the first time: each series goes on from what is remembered of it. */
export function forwardPass(
  known: Case,
  stretch: Stretch,
  into: { readonly batch: SignalBatch; readonly outcomes: Outcome[] },
): Pass {
  const { model, alerts } = known;
  const { everyMs } = horizonOf(model);
  return {
    ...stretch,
    async take(judgeable) {
      const { watcher, series, basis, first } = judgeable;
      const previous = alerts.get(seriesKey(series)) ?? null;
      const from = Math.max(stretch.from, first, previous?.last_time ?? 0);
      if (from >= stretch.to) return;
      const { memory, ended } = goingOn(judgeable, previous);
      const judged = judgeOver(judgeable, { from, to: stretch.to }, memory, everyMs);
      await addPoints(into.batch, known, series, pointsOf(judgeable, judged));
      into.outcomes.push({
        series,
        severity: watcher.monitor.severity,
        previous,
        basis,
        memory: judged.memory,
        last: judged.last,
        lastTime: stretch.to,
        lines: [...ended, ...judged.transitions.map((told) => ({ ...told, correction: false }))],
        checkpoints: checkpointsOf(judged, begun(judgeable, previous, stretch, from, memory)),
      });
    },
  };
}

/** Stores values of buckets that are judged for the first time, or again since all is judged anew. */
export async function addPoints(
  batch: SignalBatch,
  { judgedAs }: Pick<Case, 'judgedAs'>,
  series: Series,
  points: ReturnType<typeof pointsOf>,
): Promise<void> {
  const anew = ({ time }: { readonly time: number }) => time < (judgedAs?.again_to ?? 0);
  await batch.add(series, points.filter(anew), 'now');
  await batch.add(
    series,
    points.filter((point) => !anew(point)),
  );
}

/** What is remembered; nothing of another metric, of which what fires has ended. */
function goingOn(
  { series }: Judgeable,
  previous: AlertRow | null,
): { memory: SeriesMemory | null; ended: CorrectedLine[] } {
  if (previous === null || previous.last_time === 0) return { memory: null, ended: [] };
  const memory = JSON.parse(previous.memory) as SeriesMemory;
  if (previous.metric === series.metric) return { memory, ended: [] };
  if (memory.state !== 'firing') return { memory: null, ended: [] };
  const end: Told = {
    from: 'firing',
    to: 'no_data',
    reason: 'no_longer_watched',
    time: previous.last_time,
    since: episodeOf(memory),
    peak: memory.peak ?? null,
  };
  return { memory: null, ended: [{ ...end, correction: false }] };
}

/** Each place once: the first bucket may be one of those before which what is remembered is kept anyway. */
function checkpointsOf({ checkpoints }: Judged, first: Checkpoint | undefined): readonly Checkpoint[] {
  if (first === undefined || checkpoints[0]?.time === first.time) return checkpoints;
  return [first, ...checkpoints];
}

/**
 * Where judging again may begin, when the series does not just go on: before everything, if it begins with its data, else
 * at the first bucket that is judged by this basis.
 */
function begun(
  { basis, first }: Judgeable,
  previous: AlertRow | null,
  stretch: Stretch,
  from: number,
  memory: SeriesMemory | null,
): Checkpoint | undefined {
  const fresh = previous === null || previous.last_time === 0;
  if (fresh && first >= stretch.from) return { time: 0, memory: null };
  const goesOn = !fresh && previous.basis === basis && previous.last_time === from;
  return goesOn ? undefined : { time: from, memory };
}
