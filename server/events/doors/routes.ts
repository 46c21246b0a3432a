import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../context.ts';
import { type Route, route } from '../../http/route.ts';
import type { Ingest } from '../ingest.ts';
import { sha256 } from '../write/idempotency.ts';
import { Tally } from '../write/tally.ts';
import { payloadRoutes } from './cloudevents/routes.ts';
import type { Door } from './door.ts';
import { bulkRoutes } from './elasticsearch/routes.ts';
import { DOORS } from './index.ts';
import { receive } from './receive.ts';
import { captureRoutes } from './sagemaker/routes.ts';

/** The ways in for events; plain, gzip or zstd. */
export function ingestRoutes(ingest: Ingest): readonly Route[] {
  const doors = DOORS.map((door) =>
    route({
      method: 'POST',
      path: door.path,
      summary: door.summary,
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      body: door.body,
      reply: door.reply,
      handle: (ctx, { request, reply }) => take(ctx, ingest, door, { request, reply }),
    }),
  );
  return [...doors, ...payloadRoutes(ingest), ...captureRoutes(ingest), ...bulkRoutes(ingest)];
}

/** Stores the events of a request, and answers as its door does. */
async function take(
  ctx: Ctx,
  ingest: Ingest,
  door: Door,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<unknown> {
  const { headers } = request;
  const total = await receive(ctx, ingest, { request, reply }, async (body, gone) => {
    const tally = new Tally();
    const key = headers['idempotency-key'];
    const repeatable = typeof key === 'string' ? { idempotencyKey: key, bodyHash: sha256(body) } : {};
    // The body is the first receipt, as it was; that it is not of now is said beside it.
    const repeated = () => void reply.header('idempotent-replayed', 'true');
    const groups = door.read({ body, contentType: headers['content-type'], limits: ingest.limits });
    for (const { kind, events, escapes } of groups) {
      const before = tally.received;
      const receipt = await ingest.accept(ctx, kind, events, { escapes, gone, ...repeatable, repeated });
      tally.addReceipt(receipt, (index) => before + index);
    }
    return { result: tally, useful: tally.stored + tally.duplicates > 0 };
  });
  const { status, body } = door.answer(total.receipt());
  reply.code(status);
  return body;
}
