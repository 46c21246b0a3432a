import type { Ctx } from '../../context.ts';
import { hasMetrics, readTelemetry } from '../../telemetry/metrics/read-telemetry.ts';
import { tieOf } from '../../telemetry/metrics/tie.ts';
import { makeTelemetryMonitors } from '../configure/defaults.ts';
import type { ModelState } from './state/model-state.ts';

/** Buckets in which is looked for what has come. */
const LOOKED_AT = 2;

/** Gives a model the monitors of what its machines and its service have begun to tell. Where no metric ever came it costs nothing. */
export async function adoptTelemetry(
  ctx: Ctx,
  { model, plan }: Pick<ModelState, 'model' | 'plan'>,
): Promise<void> {
  if (plan.completeTo <= plan.judgedTo || !(await hasMetrics(ctx))) return;
  const stepMs = model.bucket_ms;
  await makeTelemetryMonitors(ctx, model.id, async () => {
    const steps = { from: plan.completeTo - LOOKED_AT * stepMs, to: plan.completeTo, stepMs };
    return new Set((await readTelemetry(ctx, tieOf(model), steps)).map(({ id }) => id));
  });
}
