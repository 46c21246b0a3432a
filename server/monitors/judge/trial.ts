import { type Episode, episodesOf } from '../../alerts/episodes.ts';
import type { SeriesMemory, Told } from '../../alerts/series.ts';
import type { Ctx } from '../../context.ts';
import { outagesSince } from '../../jobs/outages.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import { hasRollingReference } from '../../profiles/references/rolling.ts';
import { protectedGroups } from '../../profiles/segments/protected-groups.ts';
import { watchedSegments } from '../../profiles/segments/read-segments.ts';
import { seriesKey } from '../../signals/series.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import { readHistory } from '../watched/history.ts';
import type { Stretch } from './plan/stretches.ts';
import { judgeBuckets } from './series/judge-buckets.ts';
import { judgeQuality, readLabelCounts } from './series/judge-quality.ts';
import { isWatched, judgeWatched } from './series/judge-watched.ts';
import { type Judgeable, judgeOver } from './series/judgeable.ts';
import { readBaselines } from './state/baselines.ts';
import {
  type Case,
  labelledGrids,
  maturityOf,
  positiveOf,
  profilesBefore,
  readState,
} from './state/model-state.ts';
import { Once } from './state/once.ts';
import { isQuality, type QualityCase, qualityCase, qualityWatchers } from './state/quality-case.ts';
import { comparableTo } from './state/references.ts';
import { watchersOf } from './state/watcher.ts';

/** Buckets that are judged at most: a month of hours and more, not a month of minutes. */
const MOST = 4_000;

/** What a monitor would have told of one series. */
export interface TriedSeries {
  readonly column: string;
  readonly segment: string;
  readonly episodes: readonly Episode[];
}

export interface Trial extends Stretch {
  readonly buckets: number;
  readonly series: readonly TriedSeries[];
}

/**
 * Judges the last complete buckets by a monitor that is not made yet, by the way real ones are judged, and records
 * nothing. Each series begins without a memory. Null while the model has nothing to judge.
 * Example: `(await tryMonitor(ctx, monitor, 30 * DAY))?.series[0]?.episodes.length`
 */
export async function tryMonitor(ctx: Ctx, monitor: MonitorRow, reachMs: number): Promise<Trial | null> {
  const state = await readState(ctx, monitor.model);
  if (state === undefined) return null;
  const segments = await watchedSegments(ctx, state.model);
  const watchers = watchersOf(monitor, segments);
  if (watchers.length === 0) return null;
  const columns = await columnHeads(ctx, monitor.model);
  const before = await profilesBefore(ctx, state, columns);
  const known: Case = {
    ...state,
    columns,
    grids: await labelledGrids(ctx, monitor.model, columns),
    positive: await positiveOf(ctx, state.model, columns, before),
    before,
    monitors: [monitor],
    ...{ segments, groups: await protectedGroups(ctx, state.model) },
    watchers,
    alerts: new Map(),
    rolling: await hasRollingReference(ctx, monitor.model),
    outages: await outagesSince(ctx, state.plan.first),
    baselines: await readBaselines(ctx, monitor.model),
    maturity: await maturityOf(ctx, state, columns),
    once: new Once(),
    trial: true,
  };
  const { model, plan } = known;
  const to = Math.max(plan.first, plan.completeTo);
  const stretch = { from: Math.max(plan.first, to - Math.min(reachMs, MOST * model.bucket_ms)), to };
  const from = Math.ceil(stretch.from / model.bucket_ms) * model.bucket_ms;
  const tried = new Tried();
  if (watchers.some(isQuality)) {
    const cases = qualityWatchers(known).map((each) => qualityCase(known, each, to));
    const judged = cases.filter((each): each is QualityCase => !('reason' in each));
    if (judged.length === 0) return { from, to, buckets: 0, series: [] };
    for (const quality of judged) {
      const begin = Math.max(from, quality.firstLabel);
      for (const part of comparable(known, { from: begin, to: quality.matureTo })) {
        const counts = await readLabelCounts(ctx, known, quality, part);
        await judgeQuality(ctx, known, quality, counts, { ...part, take: tried.taking(part) });
      }
    }
  } else if (watchers.some(isWatched)) {
    for (const watcher of watchers) {
      const history = await readHistory(ctx, model, watcher.options.series!, { from, to });
      const part = { from, to: Math.max(from, history.settledTo) };
      await judgeWatched(known, watcher, history, { ...part, take: tried.taking(part) });
    }
  } else {
    for (const part of comparable(known, { from, to }))
      await judgeBuckets(ctx, known, watchers, { ...part, take: tried.taking(part) });
  }
  return { from, to, buckets: (to - from) / model.bucket_ms, series: tried.series() };
}

/** The stretch in parts of which each is compared with the same references. */
function* comparable(known: Case, { from, to: end }: Stretch): Generator<Stretch> {
  for (let at = from; at < end; ) {
    const to = Math.min(end, comparableTo(known, at, MOST));
    yield { from: at, to };
    at = to;
  }
}

/** What is remembered of each series from part to part. */
class Tried {
  readonly #series = new Map<
    string,
    { column: string; segment: string; memory: SeriesMemory | null; told: Told[] }
  >();

  taking(part: Stretch): (judgeable: Judgeable) => Promise<void> {
    return async (judgeable) => {
      const from = Math.max(part.from, judgeable.first);
      if (from >= part.to) return;
      const { column, segment } = judgeable.series;
      const key = seriesKey(judgeable.series);
      const one = this.#series.get(key) ?? { column, segment, memory: null, told: [] };
      this.#series.set(key, one);
      const judged = judgeOver(judgeable, { from, to: part.to }, one.memory, Number.POSITIVE_INFINITY);
      one.memory = judged.memory;
      one.told.push(...judged.transitions);
    };
  }

  series(): TriedSeries[] {
    return [...this.#series.values()].map(({ column, segment, told }) => ({
      column,
      segment,
      episodes: episodesOf(null, told),
    }));
  }
}
