import type { TelemetrySeries } from '../../../contract/telemetry.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { CLASSIC_REQUESTS, REQUESTS } from './catalogue.ts';
import { readClassic } from './read-classic.ts';
import { readExplicit } from './read-explicit.ts';
import { readExponential, readNative } from './read-native.ts';
import { type RequestMetric, type RequestStep, type RequestsOf, requestSeries } from './request-series.ts';
import type { Steps } from './steps.ts';
import type { Tie } from './tie.ts';

/**
 * Requests a second, the share of 5xx among them, and percentiles of how long they took, out of a service's own histograms: those of OTLP, and where there are none those of
 * Prometheus, of which native ones go before classic ones of the same metric, which count the same requests.
 */
export async function readRequests(
  ctx: { readonly lake: Lake },
  tie: Tie,
  steps: Steps,
): Promise<TelemetrySeries[]> {
  const [explicit, exponential, native, classic] = await Promise.all(
    [readExplicit, readExponential, readNative, readClassic].map((read) => read(ctx, tie, steps)),
  );
  const found =
    better(explicit, exponential, REQUESTS, bothOf) ??
    better(native, classic, CLASSIC_REQUESTS, (first) => first);
  return found === undefined ? [] : requestSeries(found, steps.stepMs);
}

/** That of the metric that comes first in a list; of the same one both, step by step. */
function better(
  a: RequestsOf | undefined,
  b: RequestsOf | undefined,
  known: readonly RequestMetric[],
  join: (a: RequestStep, b: RequestStep) => RequestStep,
): RequestsOf | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const place = ({ metric }: RequestsOf) => known.findIndex(({ name }) => name === metric.name);
  if (place(a) !== place(b)) return place(a) < place(b) ? a : b;
  const steps = new Map(a.steps.map((one) => [one.step, one]));
  for (const one of b.steps) {
    const other = steps.get(one.step);
    steps.set(one.step, other === undefined ? one : join(other, one));
  }
  return { metric: a.metric, steps: [...steps.values()].sort((x, y) => x.step - y.step) };
}

/** Some instances tell one form, others the other: rates count both, percentiles are of that with more requests. */
function bothOf(a: RequestStep, b: RequestStep): RequestStep {
  const { quantile, n } = a.n >= b.n ? a : b;
  return {
    ...{ step: a.step, quantile, n, instances: a.instances + b.instances },
    ...{ requests: a.requests + b.requests, aStep: a.aStep + b.aStep, told: a.told + b.told },
    ...{ failed: a.failed + b.failed, refused: a.refused + b.refused },
  };
}
