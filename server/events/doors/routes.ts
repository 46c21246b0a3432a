import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { type Route, route } from '../../http/route.ts';
import type { Ingest } from '../ingest.ts';
import { sha256 } from '../write/idempotency.ts';
import { Tally } from '../write/tally.ts';
import { discard, readBody, tooLarge } from './body.ts';
import type { Door } from './door.ts';
import { DOORS } from './index.ts';

/** The ways in for events; plain, gzip or zstd. */
export function ingestRoutes(ingest: Ingest): readonly Route[] {
  return DOORS.map((door) =>
    route({
      method: 'POST',
      path: door.path,
      summary: door.summary,
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      body: door.body,
      reply: door.reply,
      handle: (ctx, { request, reply }) => receive(ctx, ingest, door, request, reply),
    }),
  );
}

async function receive(
  ctx: Ctx,
  ingest: Ingest,
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { limits } = ingest;
  const { headers } = request;
  const source = (request.body ?? request.raw) as Readable;
  const reservation = ingest.reserve(ctx.actor.id);
  const gone = whenGone(reply);
  const bounds = {
    ...{ maxBytes: limits.bodyBytes, pace: limits.pace, gone },
    wasted: (bytes: number) => ingest.wasted(ctx.actor.id, bytes),
  };
  let read = 0;
  try {
    // What is too large by its own word is refused before it is read.
    if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) {
      await discard(source, bounds);
      throw tooLarge(limits.bodyBytes);
    }
    const body = await readBody(source, headers['content-encoding'], bounds, reservation);
    read = body.length;
    await ingest.turn(ctx.actor.id);
    const key = headers['idempotency-key'];
    const repeatable = typeof key === 'string' ? { idempotencyKey: key, bodyHash: sha256(body) } : {};
    const total = new Tally();
    // The body is the first receipt, as it was; that it is not of now is said beside it.
    const repeated = () => void reply.header('idempotent-replayed', 'true');
    const groups = door.read({ body, contentType: headers['content-type'], limits });
    for (const { kind, events, escapes } of groups) {
      const before = total.received;
      const receipt = await ingest.accept(ctx, kind, events, { escapes, gone, ...repeatable, repeated });
      total.addReceipt(receipt, (index) => before + index);
    }
    const { status, body: answer } = door.answer(total.receipt());
    reply.code(status);
    return answer;
  } catch (error) {
    reservation.release();
    // It was looked through in vain: who goes on sending such bodies is answered later.
    if (error instanceof TiltmeterError && error.status < 500 && !gone.aborted) await bounds.wasted(read);
    throw error;
  } finally {
    reservation.release();
  }
}

/** Aborted when nobody waits for the answer any more. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
