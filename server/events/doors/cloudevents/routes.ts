import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../../../contract/errors.ts';
import { ModelName } from '../../../../contract/name.ts';
import { PayloadReceipt } from '../../../../contract/payload.ts';
import type { Ctx } from '../../../context.ts';
import { type Route, route } from '../../../http/route.ts';
import type { Ingest } from '../../ingest.ts';
import { receive } from '../receive.ts';
import { binaryHalf, type Half, structuredHalves } from './half.ts';
import { Payloads } from './payloads.ts';

/** Where loggers send to; the second is beside all other addresses of the API. */
const PATHS = ['/cloudevents', '/api/v1/cloudevents'];

/** CloudEvents of the payload loggers of KServe and Seldon, in binary and structured mode. */
export function payloadRoutes(ingest: Ingest): readonly Route[] {
  const payloads = new Payloads(ingest);
  return PATHS.map((path) =>
    route({
      method: 'POST',
      path,
      summary: 'Store predictions of payload loggers (CloudEvents of KServe and Seldon)',
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      query: z.object({ model: ModelName.optional() }),
      body: z.record(z.string(), z.unknown()),
      reply: PayloadReceipt,
      handle: (ctx, { query, request, reply }) =>
        take(ctx, { ingest, payloads, model: query.model, request, reply }),
    }),
  );
}

interface Asked {
  readonly ingest: Ingest;
  readonly payloads: Payloads;
  readonly model: string | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** 200: all that came is stored; 202: something waits for its other half; 422: nothing of it is of use. */
async function take(ctx: Ctx, { ingest, payloads, model, request, reply }: Asked): Promise<PayloadReceipt> {
  const { headers } = request;
  const receipt = await receive(ctx, ingest, { request, reply }, async (body, gone) => {
    const result = await payloads.take({ ctx, model }, halvesOf(headers, body), gone);
    return { result, useful: result.stored + result.duplicates + result.waiting > 0 };
  });
  const nothing = receipt.rejected_total > 0 && receipt.rejected_total === receipt.received;
  if (nothing && receipt.waiting === 0) {
    const { code, message } = receipt.rejected[0]!;
    reply.code(422);
    return { error: { code, message, hint: ERRORS[code as ErrorCode].hint }, ...receipt } as PayloadReceipt;
  }
  if (receipt.waiting > 0) reply.code(202);
  return receipt;
}

/** Errors: invalid_json. */
function halvesOf(headers: FastifyRequest['headers'], body: Buffer): readonly (() => Half)[] {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const structured = type.startsWith('application/cloudevents');
  // Printed and replayed by people, they come as plain JSON, which no header says to be the data of an event.
  const isData = headers['ce-id'] !== undefined || headers['ce-eventid'] !== undefined;
  return structured || !isData ? structuredHalves(body) : [() => binaryHalf(headers, body)];
}
