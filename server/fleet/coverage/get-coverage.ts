import type { Coverage } from '../../../contract/coverage.ts';
import type { Layer } from '../../../contract/layer.ts';
import type { ModelTelemetry } from '../../../contract/telemetry.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { lastOfStages } from '../../events/stages/last-of-stages.ts';
import { findModel } from '../../models/find-model.ts';
import { impactOf } from '../../models/impact.ts';
import { listColumns } from '../../models/list-columns.ts';
import { columnHeads, profileHead } from '../../profiles/heads/read-heads.ts';
import { modelTelemetry } from '../../telemetry/metrics/model-telemetry.ts';
import { lastOfOtlp } from '../../telemetry/traces/last-of-otlp.ts';
import { coverageOf } from './parts.ts';

const MONTH_MS = 31 * 86_400_000;

/** Which stages, layers and signals of a model send, and the next step for the others. Errors: not_allowed, not_found. */
export async function getCoverage(ctx: Ctx, id: string): Promise<Coverage> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const now = ctx.clock();
  const since = now - MONTH_MS;
  const [head, columns, heads, stages, telemetry, otlp] = await Promise.all([
    profileHead(ctx, id),
    listColumns(ctx, id),
    columnHeads(ctx, id),
    lastOfStages(ctx, id, since),
    modelTelemetry(ctx, id, {}),
    lastOfOtlp(ctx, model, now),
  ]);
  // A bucket is as new as its end, of which no more has passed than is known.
  const seen = (column: string) => {
    const last = heads.get(column)?.last;
    return last === undefined ? null : Math.min(now, last + model.bucket_ms);
  };
  // Labels come late: when they were counted says more than the time of what they are of.
  const counted = (column: string) => {
    const at = heads.get(column)?.revision;
    return at === undefined ? null : Math.min(now, at);
  };
  const newest = (names: readonly string[]) => {
    const all = names.map(seen).filter((at) => at !== null);
    return all.length === 0 ? null : Math.max(...all);
  };
  const features = columns.items.map(({ name }) => name).filter((name) => seen(name) !== null);
  return coverageOf(id, {
    now,
    stages,
    predictions: head?.newest_event ?? null,
    labels: counted('_label'),
    outcomes: counted('_outcomes'),
    features: { n: features.length, last: newest(features) },
    latency: seen('_latency_ms'),
    machines: ofLayer(telemetry, 'infrastructure'),
    service: ofLayer(telemetry, 'serving'),
    impact: impactOf(model) !== null,
    spans: otlp.spans,
    lines: otlp.lines,
  });
}

function ofLayer({ series }: ModelTelemetry, layer: Layer) {
  const own = series.filter((one) => one.layer === layer && one.points.length > 0);
  const times = own.flatMap(({ points }) => Date.parse(points.at(-1)!.time));
  return { titles: own.map(({ title }) => title), last: times.length === 0 ? null : Math.max(...times) };
}
