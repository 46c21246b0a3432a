import { gridMean } from '../../../../stats/grid-summary.ts';
import type { Ctx } from '../../../context.ts';
import { featureOf, isAttribution } from '../../../models/columns/attributions.ts';
import { readGrids } from '../../../models/columns/grids.ts';
import { attributionColumns, type ProfiledColumn } from '../../../models/columns/profiled-columns.ts';
import { type Profile, present } from '../../../profiles/profile.ts';
import { readProfiles } from '../../../profiles/read/read-profiles.ts';
import { Track } from '../../track.ts';
import type { Stretch } from '../plan/stretches.ts';
import { isMadeAs, keepBaseline, OWN } from '../state/baselines.ts';
import type { Case } from '../state/model-state.ts';
import type { References } from '../state/references.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { columnBins, columnSubject } from '../windows/subjects.ts';
import type { WindowProfiles } from '../windows/window-profiles.ts';
import { judgeable, type Pass, type Period, periodOf } from './judgeable.ts';

const DAY = 86_400_000;

/** Name of the first attributions of a model, or of one of its segments, among its baselines. */
export const attributionBaseline = (segment: string) => ['_attributions', segment].join(' ').trimEnd();

interface Looking {
  readonly base: Counts;
  readonly windows: WindowProfiles;
  readonly pass: Pass;
}

/** What attributions that came say: one series of their ranking, or one of each. */
export async function judgeAttributions(
  ctx: Ctx,
  known: Case,
  references: References,
  watchers: readonly Watcher[],
  looking: Looking,
): Promise<void> {
  const { model, columns: heads } = known;
  if (watchers.length === 0 || ![...heads.keys()].some(isAttribution)) return;
  const all = attributionColumns(await readGrids(ctx, model.id)).filter(({ name }) => heads.has(name));
  for (const watcher of watchers) {
    if (watcher.options.metric === undefined || watcher.options.metric === 'ndcg')
      await judgeRanking(ctx, known, references, watcher, all, looking);
    else await judgeEach(known, references, watcher, all, looking);
    await ctx.turn();
  }
}

async function judgeRanking(
  ctx: Ctx,
  known: Case,
  references: References,
  watcher: Watcher,
  columns: readonly ProfiledColumn[],
  { base, windows, pass }: Looking,
): Promise<void> {
  const { model, columns: heads } = known;
  const names = columns.map(({ name }) => name);
  const history = await momentsByTime(ctx, windows, columns);
  const first = Math.min(...names.map((name) => heads.get(name)!.first ?? Number.POSITIVE_INFINITY));
  const reference = await references(watcher.options.reference);
  const holds = names.some((name) => (reference?.profiles.get(name)?.grid.size ?? 0) > 0);
  const normal: Normal | null = holds
    ? {
        sums: columns.flatMap((column) => momentsOf(column, reference!.profiles.get(column.name))),
        period: periodOf(reference),
        id: reference!.id,
      }
    : await ownRanking(ctx, known, watcher.segment, columns, { from: first, to: pass.to });
  const track = Track.of(3 * columns.length, base.buckets, (bucket) =>
    history.get(base.start + bucket * base.bucketMs),
  );
  const timeline = { start: base.start, bucketMs: base.bucketMs, buckets: base.buckets };
  await pass.take(
    judgeable(model, watcher, {
      subject: {
        ...{ source: 'attributions', ...timeline, traffic: base.of('_all'), feature: null },
        ranking: { track, reference: normal?.sums ?? null },
      },
      comparedWith: normal?.id ?? '',
      period: normal?.period ?? null,
      first,
    }),
  );
}

async function judgeEach(
  { model, columns: heads }: Case,
  references: References,
  watcher: Watcher,
  columns: readonly ProfiledColumn[],
  { base, windows, pass }: Looking,
): Promise<void> {
  const reference = await references(watcher.options.reference);
  const of = (name: string) => reference?.profiles.get(name);
  const bins = new Map(columns.map(({ name }) => [name, columnBins('numeric', of(name))]));
  const histories = await windows.bins(bins);
  const timeline = { ...base, traffic: base.of('_all') };
  for (const { name } of columns) {
    const feature = columnSubject(
      timeline,
      name,
      bins.get(name)!,
      histories.get(name) ?? new Map(),
      of(name),
    );
    await pass.take(
      judgeable(model, watcher, {
        subject: { ...timeline, source: 'attributions', ranking: null, feature },
        ...{ column: featureOf(name), comparedWith: reference?.id ?? '', period: periodOf(reference) },
        first: heads.get(name)!.first,
      }),
    );
  }
}

/** Profiles of so many attributions are held at once: of each bucket three numbers remain of them. */
const TOGETHER = 10;

/** The moments of all attributions of each bucket with any of them. */
async function momentsByTime(
  ctx: Pick<Ctx, 'turn'>,
  windows: WindowProfiles,
  columns: readonly ProfiledColumn[],
): Promise<Map<number, number[]>> {
  const moments = new Map<number, number[]>();
  for (let from = 0; from < columns.length; from += TOGETHER) {
    const some = columns.slice(from, from + TOGETHER);
    const histories = await windows.histories(some.map(({ name }) => name));
    some.forEach((column, i) => {
      for (const [time, profile] of histories.get(column.name) ?? []) {
        const all = moments.get(time) ?? new Array<number>(3 * columns.length).fill(0);
        moments.set(time, all);
        all.splice(3 * (from + i), 3, ...momentsOf(column, profile));
      }
    });
    await ctx.turn();
  }
  return moments;
}

/** How many came, the sum of their sizes and that of their squares. */
function momentsOf({ grid }: ProfiledColumn, profile: Profile | undefined): [number, number, number] {
  if (profile === undefined || grid === null) return [0, 0, 0];
  const sizes = new Map<number, number>();
  // About 0 a cell and its mirror image are of one size.
  for (const [cell, n] of profile.grid) {
    const size = cell < 0 ? -cell - 1 : cell;
    sizes.set(size, (sizes.get(size) ?? 0) + n);
  }
  const n = present(profile);
  const mean = gridMean(sizes, grid);
  return [n, 'value' in mean ? mean.value * n : 0, profile.sum2];
}

interface Normal {
  readonly sums: readonly number[];
  readonly period: Period | null;
  readonly id: string;
}

/** The first window with attributions: what is normal while no reference says so. */
async function ownRanking(
  ctx: Ctx,
  known: Case,
  segment: string,
  columns: readonly ProfiledColumn[],
  { from, to }: Stretch,
): Promise<Normal | null> {
  const { model } = known;
  const period = { from, to: from + Math.max(model.window_ms, DAY) };
  if (!(period.to <= to)) return null;
  const names = columns.map(({ name }) => name);
  const making = {
    madeOf: `first window from ${from} of ${names.join(' ')}`,
    ...{ comparedWith: OWN, judgedFrom: null },
  };
  const name = attributionBaseline(segment);
  const kept = known.baselines.get(name);
  if (!isMadeAs(kept, making)) {
    const points = await readProfiles(ctx, { model: model.id, segment, columns: names, ...period });
    const found = new Map(points.map((point) => [point.column, point.profile]));
    const sums = columns.flatMap((column) => momentsOf(column, found.get(column.name)));
    await keepBaseline(ctx, known, name, { ...period, sums, ...making });
  }
  return {
    sums: known.baselines.get(name)!.sums,
    period: { ...period, reason: 'baseline_period' },
    id: OWN,
  };
}
