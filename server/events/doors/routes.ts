import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { type Route, route } from '../../http/route.ts';
import { VAIN_REQUEST_BYTES } from '../extra-cost.ts';
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

interface Asked {
  readonly door: Door;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly gone: AbortSignal;
  /** Told of what came to nothing; resolves when that is paid off. */
  wasted(bytes: number, why?: unknown): Promise<void>;
}

/** Stores the events of a request. What it has the server do in vain is paid off before it is answered, and before the sender's next body is read. */
async function receive(
  ctx: Ctx,
  ingest: Ingest,
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { debts } = ingest;
  const sender = ctx.actor.id;
  const gone = whenGone(reply);
  const wasted = (bytes: number, why?: unknown) => {
    // What found no room holds up nothing that finds some.
    const debtor = isNoRoom(why) ? `${sender} (no room)` : sender;
    debts.owe(debtor, bytes);
    return debts.settled(debtor, gone);
  };
  await debts.admitted(sender, gone);
  if (gone.aborted) throw new TiltmeterError('sender_gone');
  const total = new Tally();
  let failure: unknown;
  try {
    await store(ctx, ingest, { door, request, reply, gone, wasted }, total);
  } catch (error) {
    failure = error;
  }
  // Nothing of the body is held any more.
  await debts.settled(sender, gone);
  if (failure !== undefined) throw failure;
  const { status, body } = door.answer(total.receipt());
  reply.code(status);
  return body;
}

/** Reads the body and adds what became of its events. */
async function store(ctx: Ctx, ingest: Ingest, asked: Asked, total: Tally): Promise<void> {
  const { limits } = ingest;
  const { door, reply, gone, wasted } = asked;
  const { headers, body, raw } = asked.request;
  const source = (body ?? raw) as Readable;
  const sender = ctx.actor.id;
  const bounds = {
    maxBytes: limits.bodyBytes,
    pace: limits.pace,
    arrived: () => raw.socket.bytesRead,
    gone,
    wasted,
    turn: () => ingest.turn(sender),
  };
  const reservation = ingest.reserve(sender);
  let read = 0;
  try {
    // What is too large by its own word is refused before it is read.
    if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) {
      const error = tooLarge(limits.bodyBytes);
      await discard(source, bounds, error);
      throw error;
    }
    const bytes = await readBody(source, headers['content-encoding'], bounds, reservation);
    read = bytes.length;
    await ingest.turn(sender);
    if (gone.aborted) throw new TiltmeterError('sender_gone');
    const key = headers['idempotency-key'];
    const repeatable = typeof key === 'string' ? { idempotencyKey: key, bodyHash: sha256(bytes) } : {};
    // The body is the first receipt, as it was; that it is not of now is said beside it.
    const repeated = () => void reply.header('idempotent-replayed', 'true');
    const groups = door.read({ body: bytes, contentType: headers['content-type'], limits });
    for (const { kind, events, escapes } of groups) {
      const before = total.received;
      const receipt = await ingest.accept(ctx, kind, events, { escapes, gone, ...repeatable, repeated });
      total.addReceipt(receipt, (index) => before + index);
    }
    if (total.stored + total.duplicates === 0) ingest.debts.owe(sender, VAIN_REQUEST_BYTES);
  } catch (error) {
    // It was looked through in vain.
    if (error instanceof TiltmeterError && error.status < 500 && !isNoRoom(error))
      ingest.debts.owe(sender, read + VAIN_REQUEST_BYTES);
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
