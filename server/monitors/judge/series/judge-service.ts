import type { Ctx } from '../../../context.ts';
import { gridOfProfile, readGrids } from '../../../models/columns/grids.ts';
import { EMPTY_PROFILE, type Profile } from '../../../profiles/profile.ts';
import { readProfiles } from '../../../profiles/read/read-profiles.ts';
import type { Stretch } from '../plan/stretches.ts';
import { type Baseline, isMadeAs, keepBaseline, OWN } from '../state/baselines.ts';
import type { Case } from '../state/model-state.ts';
import type { References } from '../state/references.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import type { Histories } from '../windows/histories.ts';
import { errorSubject, latencySubject } from '../windows/subjects.ts';
import type { WindowProfiles } from '../windows/window-profiles.ts';
import { judgeable, type Pass, type Period, periodOf } from './judgeable.ts';

const DAY = 86_400_000;
/** Name of the first latencies of a model, or of one of its segments, among its baselines. */
export const latencyBaseline = (segment: string) => ['_latency_ms', segment].join(' ').trimEnd();

interface Looking {
  readonly base: Counts;
  readonly service: Histories;
  readonly pass: Pass;
}

/** Errors and latencies of a stretch, in one look. */
export async function readService(
  { columns }: Case,
  watchers: readonly Watcher[],
  windows: WindowProfiles,
): Promise<Histories> {
  const wanted = ['_error', '_latency_ms'].filter((name) => columns.has(name));
  return watchers.length === 0 || wanted.length === 0 ? new Map() : windows.histories(wanted);
}

export async function judgeErrors(
  { model, columns }: Case,
  references: References,
  watchers: readonly Watcher[],
  { base, service, pass }: Looking,
): Promise<void> {
  const head = columns.get('_error');
  if (head === undefined) return;
  for (const watcher of watchers) {
    const reference = await references(watcher.options.reference);
    const subject = errorSubject(
      { ...base, traffic: base.of('_all') },
      service.get('_error') ?? new Map(),
      reference?.profiles.get('_error'),
    );
    await pass.take(
      judgeable(model, watcher, {
        subject,
        comparedWith: reference?.id ?? '',
        period: periodOf(reference),
        first: head.first,
      }),
    );
  }
}

export async function judgeLatency(
  ctx: Ctx,
  known: Case,
  references: References,
  watchers: readonly Watcher[],
  { base, service, pass }: Looking,
): Promise<void> {
  const { model, columns } = known;
  const head = columns.get('_latency_ms');
  if (watchers.length === 0 || head === undefined) return;
  const grid = gridOfProfile(await readGrids(ctx, model.id), '_latency_ms');
  if (!grid) return;
  const history = service.get('_latency_ms') ?? new Map<number, Profile>();
  for (const watcher of watchers) {
    const reference = await references(watcher.options.reference);
    const compared = reference?.profiles.get('_latency_ms');
    const normal: Normal | null = compared?.grid.size
      ? { profile: compared, period: periodOf(reference), id: reference!.id }
      : await ownLatency(ctx, known, watcher.segment, head.first, pass);
    const subject = latencySubject({ ...base, traffic: base.of('_all') }, grid, history, normal?.profile);
    await pass.take(
      judgeable(model, watcher, {
        subject,
        comparedWith: normal?.id ?? '',
        period: normal?.period ?? null,
        first: head.first,
      }),
    );
  }
}

interface Normal {
  readonly profile: Profile;
  readonly period: Period | null;
  readonly id: string;
}

/** The latencies of the model's first window with any: what is normal while no reference says so. */
async function ownLatency(
  ctx: Ctx,
  known: Case,
  segment: string,
  first: number,
  { to }: Stretch,
): Promise<Normal | null> {
  const { model } = known;
  const period = { from: first, to: first + Math.max(model.window_ms, DAY) };
  if (period.to > to) return null;
  const making = { madeOf: `first window from ${first}`, comparedWith: OWN, judgedFrom: null };
  const name = latencyBaseline(segment);
  const kept = known.baselines.get(name);
  const baseline = isMadeAs(kept, making) ? kept! : await firstLatencies(ctx, known, segment, period);
  if (baseline === null) return null;
  await keepBaseline(ctx, known, name, { ...baseline, ...making });
  const grid = new Map(
    Array.from({ length: baseline.sums.length / 2 }, (_, i): [number, number] => [
      baseline.sums[2 * i]!,
      baseline.sums[2 * i + 1]!,
    ]),
  );
  return {
    profile: { ...EMPTY_PROFILE, grid },
    period: { ...period, reason: 'baseline_period' },
    id: OWN,
  };
}

async function firstLatencies(
  ctx: Ctx,
  { model }: Case,
  segment: string,
  period: Stretch,
): Promise<Baseline | null> {
  const [point] = await readProfiles(ctx, { model: model.id, segment, columns: ['_latency_ms'], ...period });
  return point ? { ...period, sums: [...point.profile.grid].flat() } : null;
}
