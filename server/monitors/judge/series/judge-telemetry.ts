import type { Ctx } from '../../../context.ts';
import { hasMetrics, readTelemetry } from '../../../telemetry/metrics/read-telemetry.ts';
import { tieOf } from '../../../telemetry/metrics/tie.ts';
import type { TelemetrySubject } from '../../subject.ts';
import type { Case } from '../state/model-state.ts';
import type { Watcher } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { judgeable, type Pass } from './judgeable.ts';

/** Telemetry is kept for a month: of what is older nothing is looked for. */
const KEPT_MS = 31 * 86_400_000;

/** What machines and service of the model told, in the buckets of a pass. */
export async function judgeTelemetry(
  ctx: Pick<Ctx, 'lake' | 'clock' | 'prometheus'>,
  { model, plan }: Pick<Case, 'model' | 'plan'>,
  watchers: readonly Watcher[],
  { start, bucketMs, of }: Counts,
  pass: Pass,
): Promise<void> {
  if (watchers.length === 0) return;
  const found = new Map<string, Map<number, { value: number; n: number }>>();
  // One bucket more, which a count is compared with.
  const from = Math.max(pass.from - bucketMs, pass.to - KEPT_MS);
  if (await hasMetrics(ctx))
    for (const { id, points } of await readTelemetry(ctx, tieOf(model), {
      from,
      to: pass.to,
      stepMs: bucketMs,
    }))
      found.set(id, new Map(points.map(({ time, value, n }) => [Date.parse(time), { value, n }])));
  const subject: TelemetrySubject = {
    source: 'telemetry',
    ...{ start, bucketMs, traffic: of('_all') },
    point: (metric, index) => found.get(metric)?.get(start + index * bucketMs),
  };
  for (const watcher of watchers) await pass.take(judgeable(model, watcher, { subject, first: plan.first }));
}
