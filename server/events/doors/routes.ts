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

/** What it costs to refuse one event, however short it is, in bytes of a body. */
const REFUSED_BYTES = 200;

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
  const sender = ctx.actor.id;
  const gone = whenGone(reply);
  const wasted = (bytes: number, why?: unknown) => {
    // What found no room holds up nothing that finds some.
    const debtor = isNoRoom(why) ? `${sender} (no room)` : sender;
    ingest.debts.owe(debtor, bytes);
    return ingest.debts.settled(debtor);
  };
  const bounds = { maxBytes: limits.bodyBytes, pace: limits.pace, gone, wasted };
  // Before its next body is read.
  await ingest.debts.settled(sender);
  const reservation = ingest.reserve(sender);
  let read = 0;
  try {
    // What is too large by its own word is refused before it is read.
    if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) {
      const error = tooLarge(limits.bodyBytes);
      await discard(source, bounds, error);
      throw error;
    }
    const body = await readBody(source, headers['content-encoding'], bounds, reservation);
    read = body.length;
    await ingest.turn(sender);
    if (gone.aborted) throw new TiltmeterError('sender_gone');
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
    reservation.release();
    await wasted(total.rejectedTotal * REFUSED_BYTES);
    reply.code(status);
    return answer;
  } catch (error) {
    reservation.release();
    // It was looked through in vain: who goes on sending such bodies is answered later.
    const waited = error instanceof TiltmeterError && error.status < 500 ? wasted(read) : undefined;
    if (!gone.aborted) await waited;
    throw error;
  } finally {
    reservation.release();
  }
}

function isNoRoom(error: unknown): boolean {
  return error instanceof TiltmeterError && error.code === 'too_many_requests';
}

/** Aborted when nobody waits for the answer any more. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
