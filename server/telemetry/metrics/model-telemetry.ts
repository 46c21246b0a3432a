import type { ModelTelemetry } from '../../../contract/telemetry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { metricsCame, readTelemetry } from './read-telemetry.ts';
import { stepsOf } from './steps.ts';
import { tieOf } from './tie.ts';

const DAY_MS = 86_400_000;

/** What the machines and the service of a model told of themselves, the last day unless said otherwise. Errors: not_found. */
export async function modelTelemetry(
  ctx: Ctx,
  id: string,
  range: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<ModelTelemetry> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const tie = tieOf(model);
  const to = range.to ?? ctx.clock();
  const steps = stepsOf(Math.min(range.from ?? to - DAY_MS, to - 1), to);
  const series = (await metricsCame(ctx)) ? await readTelemetry(ctx, tie, steps) : [];
  const away = ctx.prometheus?.away ?? null;
  return {
    step_ms: steps.stepMs,
    from: rfc3339(steps.from),
    to: rfc3339(steps.to),
    services: [...tie.services],
    hosts: [...tie.hosts],
    series,
    prometheus_away:
      away === null
        ? null
        : { since: rfc3339(away.since), sentence: `Prometheus could not be read: ${away.why}` },
  };
}
