import { z } from 'zod';
import { Status } from '../../contract/status.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import { askedTogether } from '../store/asked-together.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { EXPOSITION_TYPE } from './exposition.ts';
import { metrics } from './metrics.ts';
import { readiness } from './readiness.ts';
import { status } from './status.ts';

export interface Counted {
  readonly ingest: Pick<Ingest, 'counters' | 'knownIds'>;
  readonly telemetry: Pick<Telemetry, 'counts'>;
  /** Refused requests since the start, by code. */
  readonly refused: () => ReadonlyMap<string, number>;
}

export const statusRoutes = ({ ingest, telemetry, refused }: Counted): readonly Route[] => [
  route({
    method: 'GET',
    path: '/healthz',
    summary: 'The process answers',
    tag: 'self',
    access: 'public',
    reply: z.object({ status: z.literal('ok') }),
    handle: async () => ({ status: 'ok' as const }),
  }),
  route({
    method: 'GET',
    path: '/readyz',
    summary: 'Both stores answer, so requests can be served; and what is not as it should be',
    tag: 'self',
    access: 'public',
    reply: z.object({ status: z.literal('ready'), troubles: z.array(z.string()) }),
    handle: (ctx) => readiness(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/v1/status',
    summary: 'Version, uptime, stores and the counters of ingest',
    tag: 'self',
    access: 'read',
    oneAtATime: true,
    reply: Status,
    handle: (ctx) => status(ctx, ingest),
  }),
  route({
    method: 'GET',
    path: '/metrics',
    summary: 'Every signal, alert state and self-metric for Prometheus',
    tag: 'self',
    access: 'read',
    oneAtATime: true,
    produces: 'text/plain',
    reply: z.string(),
    handle(ctx, { reply }) {
      reply.type(EXPOSITION_TYPE);
      // The same for all who may: keys of some models get no list of everything.
      return askedTogether(ctx.ledger, 'metrics', () =>
        metrics(ctx, { ingest, telemetry: telemetry.counts.list(), refused: refused() }),
      );
    },
  }),
];
