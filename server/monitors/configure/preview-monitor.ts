import type { MonitorPreview, MonitorTrial } from '../../../contract/monitor.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import type { MonitorRow } from '../../store/ledger/schema.ts';
import { type Trial, tryMonitor } from '../judge/trial.ts';
import { checkMonitor, knownKind } from './check-monitor.ts';

const DAY_MS = 86_400_000;
/** Episodes that are listed. */
const LISTED = 20;

/**
 * How often a monitor would have fired in the last days of event time, at most 4,000 buckets of them. Nothing is stored.
 * Errors: not_allowed, not_found, invalid_request, query_too_large.
 */
export async function previewMonitor(
  ctx: Ctx,
  { model: id, kind: kindId, options, days }: MonitorTrial,
): Promise<MonitorPreview> {
  authorise(ctx.actor, 'read');
  const kind = knownKind(kindId);
  const model = await findModel(ctx, id);
  await checkMonitor(ctx, model, kind, options);
  const now = ctx.clock();
  const monitor: MonitorRow = {
    id: `trial-${ctx.ids.id()}`,
    model: id,
    kind: kind.id,
    options: JSON.stringify(options),
    severity: 'ticket',
    enabled: 1,
    origin: 'user',
    created_at: now,
    updated_at: now,
  };
  return previewOf(await tryMonitor(ctx, monitor, days * DAY_MS));
}

/** What a trial found, with its sentence. Pure. */
export function previewOf(trial: Trial | null): MonitorPreview {
  if (trial === null || trial.buckets === 0 || trial.series.length === 0)
    return {
      ...{ from: null, to: null, buckets: 0, series: 0, fired: 0, series_fired: 0, firing_now: 0 },
      sentence: 'There is nothing to hold it against yet',
      episodes: [],
    };
  const { from, to, buckets, series } = trial;
  const all = series.flatMap(({ column, segment, episodes }) =>
    episodes.map((episode) => ({ column, segment, ...episode })),
  );
  const of = series.some(({ segment }) => segment !== '') ? 'series' : 'columns';
  const fired = all.length;
  const series_fired = series.filter(({ episodes }) => episodes.length > 0).length;
  const newest = all.sort((a, b) => b.firedAt - a.firedAt).slice(0, LISTED);
  return {
    from: rfc3339(from),
    to: rfc3339(to),
    buckets,
    series: series.length,
    fired,
    series_fired,
    firing_now: all.filter(({ endedAt }) => endedAt === Number.POSITIVE_INFINITY).length,
    sentence: sentenceOf({ fired, series_fired, series: series.length, of }, to - from),
    episodes: newest.map(({ column, segment, since, endedAt, peak }) => ({
      column,
      segment,
      from: rfc3339(since),
      to: Number.isFinite(endedAt) ? rfc3339(endedAt) : null,
      value: peak?.value ?? null,
      threshold: peak?.threshold ?? null,
    })),
  };
}

function sentenceOf(
  {
    fired,
    series_fired,
    series,
    of,
  }: Pick<MonitorPreview, 'fired' | 'series_fired' | 'series'> & { readonly of: 'columns' | 'series' },
  ms: number,
): string {
  const days = ms / DAY_MS;
  const span = days >= 2 ? `${Math.round(days)} days` : `${Math.max(1, Math.round(ms / 3_600_000))} hours`;
  if (fired === 0) return `It would not have fired in the last ${span}`;
  const times = fired === 1 ? 'once' : fired === 2 ? 'twice' : `${fired} times`;
  const where = series === 1 ? '' : `, in ${series_fired} of ${series} ${of}`;
  return `It would have fired ${times} in the last ${span}${where}`;
}
