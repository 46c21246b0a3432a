import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { errorBody, type TiltmeterError } from '../../../../contract/errors.ts';
import { ModelName } from '../../../../contract/name.ts';
import { Stage } from '../../../../contract/stage.ts';
import { type Route, route } from '../../../http/route.ts';
import type { Ingest } from '../../ingest.ts';
import { receive } from '../receive.ts';
import { takeBulk } from './take.ts';

const BASE = '/api/v1/elasticsearch';

const BulkReply = z.object({ took: z.number(), errors: z.boolean(), items: z.array(z.unknown()) });
const Otherwise = z.object({ model: ModelName.optional(), stage: Stage.optional() });

/** What shippers ask before they send. */
const ABOUT: Readonly<Record<string, object>> = {
  '': {
    name: 'tiltmeter',
    cluster_name: 'tiltmeter',
    version: { number: '8.15.0', build_flavor: 'default', minimum_wire_compatibility_version: '7.17.0' },
    tagline: 'Stage records of pipelines, by the bulk API alone',
  },
  '/_cluster/health': { cluster_name: 'tiltmeter', status: 'green', timed_out: false },
  '/_license': { license: { status: 'active', type: 'basic' } },
};

/** Clients look for it before they believe that they speak to the right one. */
const product = (reply: FastifyReply) => reply.header('x-elastic-product', 'Elasticsearch');

/** A refused request, for clients of Elasticsearch and for everybody else. */
function failureOf(error: TiltmeterError): object {
  const { code, message, status } = error;
  return { error: { ...errorBody(error).error, type: code, reason: message }, status };
}

/** Stage records from shippers that speak the bulk API of Elasticsearch and nothing else. */
export function bulkRoutes(ingest: Ingest): readonly Route[] {
  const bulk = [`${BASE}/_bulk`, `${BASE}/:index/_bulk`].map((path) =>
    route({
      method: 'POST',
      path,
      summary: 'Store documents of log shippers as stage records (bulk API of Elasticsearch)',
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      params: z.object({ index: z.string().max(256).optional() }),
      query: Otherwise,
      body: z.unknown(),
      reply: BulkReply,
      failure: (error) => ({
        type: 'application/json; charset=utf-8',
        body: Buffer.from(JSON.stringify(failureOf(error))),
      }),
      handle: async (ctx, { params, query, request, reply }) => {
        product(reply);
        const { model, stage } = query;
        return receive(ctx, ingest, { request, reply }, async (body, gone) => {
          const taken = await takeBulk(ctx, ingest, body, { model, stage, index: params.index, gone });
          return { result: taken.reply, useful: taken.stored > 0 };
        });
      },
    }),
  );
  const about = Object.entries(ABOUT).map(([path, body]) =>
    route({
      method: 'GET',
      path: BASE + path,
      summary: 'What shippers ask an Elasticsearch before they send',
      tag: 'ingest',
      access: 'ingest',
      reply: z.record(z.string(), z.unknown()),
      async handle(_ctx, { reply }) {
        product(reply);
        return body as Record<string, unknown>;
      },
    }),
  );
  return [...bulk, ...about];
}
