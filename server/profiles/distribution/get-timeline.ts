import type { ColumnTimeline } from '../../../contract/distribution.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { binCounts, type ReferenceBins, referenceBins, specialBin } from '../../../stats/reference-bins.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { keptAnswer, keptWhile } from '../../store/lake/kept-answers.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { profileHead } from '../heads/read-heads.ts';
import { type Profile, present, profileAs } from '../profile.ts';
import { originOf } from '../read/queries/profiles.ts';
import { type ProfilePoint, readProfiles } from '../read/read-profiles.ts';
import { referenceById } from '../references/find-reference.ts';
import { referenceProfiles } from '../references/resolve.ts';
import { whyUncounted } from '../segments/uncounted.ts';
import { columnFacts } from './column.ts';
import { momentsOf } from './moments.ts';
import { rangeOf, type TimeRange } from './range.ts';
import { stepOf } from './steps.ts';

export interface TimelineQuery extends TimeRange {
  /** Milliseconds a point stands for, at least. */
  readonly step?: number | undefined;
  readonly version?: string | undefined;
  /** Key of a segment; all rows when absent. */
  readonly segment?: string | undefined;
}

/** Categories shown by name over time. */
const TOP = 8;

/**
 * Quantile bands, missing, invalid and new values of one column over time, at most 400 points; steps without
 * predictions are absent. Errors: not_allowed, not_found, invalid_request.
 */
export async function getTimeline(
  ctx: Ctx,
  modelId: string,
  column: string,
  query: TimelineQuery,
): Promise<ColumnTimeline> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const { type, grid } = await columnFacts(ctx, model.id, column);
  const { from, to } = await rangeOf(ctx, model, query);
  const all = { model: model.id, columns: [column], from, to };
  const range = {
    ...all,
    ...(query.version === undefined ? {} : { version: query.version }),
    ...(query.segment === undefined ? {} : { segment: query.segment }),
  };
  const step = stepOf(to - from, model.bucket_ms, query.step);
  const bins = await defaultBins(ctx, model, column, type, to);
  const points = await keptAnswer(ctx.lake, originOf(range), ['timeline', step, grid, bins], async () => {
    const profiles = await readProfiles(ctx, range, { step });
    const top = topCategories(profiles);
    return profiles.map(({ time, profile }) => ({
      time: rfc3339(time),
      ...momentsOf(profile, grid),
      new: bins === null ? 0 : binCounts(profile, bins)[specialBin(bins, 'new')]!,
      top: shares(profile, top),
    }));
  });
  const unexplained = query.segment && points.length === 0;
  const empty = unexplained ? await whyUncounted(ctx, model, query.segment!, column) : null;
  return { model: model.id, column, type, points, empty };
}

/** The frozen bins of the model's default reference: they say which values are new. Read once after each roll-up. */
async function defaultBins(
  ctx: Ctx,
  { id: model, reference_id }: ModelRow,
  column: string,
  type: ColumnTimeline['type'],
  at: number,
): Promise<ReferenceBins | null> {
  const [head, reference] = await Promise.all([profileHead(ctx, model), referenceById(ctx, reference_id)]);
  if (reference === null) return null;
  const asked = ['bins', model, column, type, reference, reference.kind === 'rolling' ? at : null];
  return keptWhile(ctx.lake, `${head?.revision}`, asked, async () => {
    const { profiles } = await referenceProfiles(ctx, model, reference.id, { columns: [column], at });
    const kind = type === 'numeric' ? 'numeric' : 'categorical';
    const profile = profiles.get(column);
    const known = profile && profileAs(kind, profile);
    return known === undefined ? null : referenceBins(known, { type: kind });
  });
}

function topCategories(points: readonly ProfilePoint[]): string[] {
  const totals = new Map<string, number>();
  for (const { profile } of points) {
    for (const [name, count] of profile.counts) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  return [...totals]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, TOP)
    .map(([name]) => name);
}

function shares(profile: Profile, names: readonly string[]): Record<string, number> {
  const values = present(profile);
  if (values === 0) return {};
  return Object.fromEntries(names.map((name) => [name, (profile.counts.get(name) ?? 0) / values]));
}
