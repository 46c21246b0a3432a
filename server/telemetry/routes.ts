import { z } from 'zod';
import { ScrapeTargets } from '../../contract/scrape.ts';
import { ModelTelemetry } from '../../contract/telemetry.ts';
import { epochMs, TimeRangeQuery } from '../../contract/time.ts';
import { PredictionTrace } from '../../contract/trace.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import { jaegerRoutes } from './jaeger/routes.ts';
import { modelTelemetry } from './metrics/model-telemetry.ts';
import { otlpRoutes } from './otlp-routes.ts';
import { remoteWriteRoutes } from './remote-write/routes.ts';
import type { ConfigFile } from './scrape/config-file.ts';
import { listTargets } from './scrape/list-targets.ts';
import type { Telemetry } from './telemetry.ts';
import { predictionTrace } from './traces/prediction-trace.ts';

/** Telemetry: the ways in, and what is read back of it. */
export const telemetryRoutes = (
  ingest: Ingest,
  telemetry: Telemetry,
  scrapeFile: ConfigFile | undefined,
): readonly Route[] => [
  ...otlpRoutes(ingest, telemetry),
  ...remoteWriteRoutes(ingest, telemetry),
  ...jaegerRoutes,
  route({
    method: 'GET',
    path: '/api/v1/scrape-targets',
    summary: 'What is scraped, and how the last scrape of each target went',
    tag: 'self',
    access: 'read',
    oneAtATime: true,
    reply: ScrapeTargets,
    handle: (ctx) => listTargets(ctx, scrapeFile),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/predictions/:id/trace',
    summary: 'The spans and log lines of one prediction, by its trace id',
    tag: 'predictions',
    access: 'read',
    params: z.object({ model: z.string(), id: z.string() }),
    reply: PredictionTrace,
    handle: (ctx, { params }) => predictionTrace(ctx, params.model, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/telemetry',
    summary:
      'What the machines and the service of a model told by OTLP: CPU, memory, GPU, requests, errors, latency',
    tag: 'models',
    access: 'read',
    params: z.object({ model: z.string() }),
    query: TimeRangeQuery,
    oneAtATime: true,
    reply: ModelTelemetry,
    handle: (ctx, { params, query }) =>
      modelTelemetry(ctx, params.model, {
        from: query.from === undefined ? undefined : epochMs(query.from),
        to: query.to === undefined ? undefined : epochMs(query.to),
      }),
  }),
];
