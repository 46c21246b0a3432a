import { z } from 'zod';
import type { TiltmeterError } from '../../../contract/errors.ts';
import {
  JaegerDependency,
  JaegerDependencyQuery,
  JaegerOperation,
  JaegerSearch,
  JaegerTrace,
  JaegerTraceQuery,
  jaegerAnswer,
} from '../../../contract/jaeger.ts';
import { type Route, route } from '../../http/route.ts';
import { getTrace, searchTraces } from './get-traces.ts';
import { readDependencies } from './read-dependencies.ts';
import { readOperations, readServices } from './read-traces.ts';
import { MOST_TRACES, timesOf } from './wanted.ts';

/** What Jaeger's UI and Grafana's data source of Jaeger are given as the address of Jaeger. */
const BASE = '/api/v1/jaeger';

const Service = z.string().min(1).max(512);

const common = { method: 'GET', tag: 'traces', access: 'read', oneAtATime: true, failure } as const;

/** Jaeger's query API over the spans that came by OTLP. */
export const jaegerRoutes: readonly Route[] = [
  route({
    ...common,
    path: `${BASE}/api/services`,
    summary: 'Services that sent spans (query API of Jaeger)',
    reply: jaegerAnswer(z.string()),
    handle: async (ctx) => answer(await readServices(ctx, timesOf({}, ctx.clock()))),
  }),
  route({
    ...common,
    path: `${BASE}/api/operations`,
    summary: 'Operations of a service, with the kinds of their spans (query API of Jaeger)',
    query: z.object({ service: Service, spanKind: z.string().max(64).default('') }),
    reply: jaegerAnswer(JaegerOperation),
    handle: async (ctx, { query: { service, spanKind: kind } }) =>
      answer(await readOperations(ctx, { ...timesOf({}, ctx.clock()), service, kind })),
  }),
  route({
    ...common,
    path: `${BASE}/api/services/:service/operations`,
    summary: 'Names of the operations of a service (query API of Jaeger)',
    params: z.object({ service: Service }),
    reply: jaegerAnswer(z.string()),
    handle: async (ctx, { params: { service } }) => {
      const operations = await readOperations(ctx, { ...timesOf({}, ctx.clock()), service, kind: '' });
      return answer([...new Set(operations.map(({ name }) => name))]);
    },
  }),
  route({
    ...common,
    path: `${BASE}/api/traces`,
    summary: `The newest traces with a span as wanted, at most ${MOST_TRACES} (query API of Jaeger)`,
    query: JaegerSearch,
    reply: jaegerAnswer(JaegerTrace),
    handle: async (ctx, { query }) => ({
      ...answer(await searchTraces(ctx, query)),
      limit: Math.min(query.limit, MOST_TRACES),
    }),
  }),
  route({
    ...common,
    path: `${BASE}/api/traces/:id`,
    summary: 'One trace (query API of Jaeger)',
    params: z.object({ id: z.string() }),
    query: JaegerTraceQuery,
    reply: jaegerAnswer(JaegerTrace),
    handle: async (ctx, { params, query }) => answer([await getTrace(ctx, params.id, query)]),
  }),
  route({
    ...common,
    path: `${BASE}/api/dependencies`,
    summary: 'Which service called which, and how often (query API of Jaeger)',
    query: JaegerDependencyQuery,
    reply: jaegerAnswer(JaegerDependency),
    handle: async (ctx, { query: { endTs: to = ctx.clock(), lookback } }) =>
      answer(await readDependencies(ctx, { from: 1000 * (to - lookback), to: 1000 * to })),
  }),
];

const answer = <T>(data: readonly T[]) => ({
  ...{ data: [...data], total: data.length, limit: 0, offset: 0, errors: null },
});

/** As Jaeger tells what went wrong. */
function failure({ status: code, message }: TiltmeterError): { type: string; body: Buffer } {
  const body = { data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg: message }] };
  return { type: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(body)) };
}
