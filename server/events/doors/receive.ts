import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { VAIN_REQUEST_BYTES } from '../extra-cost.ts';
import type { Ingest } from '../ingest.ts';
import { discard, readBody, tooLarge } from './body.ts';

export interface Received<Result> {
  readonly result: Result;
  /** Whether anything of it was of use: else the sender pays for the reading. */
  readonly useful: boolean;
}

/**
 * Reads the body of a request within the limits, in turn with other senders, and stores it. What it has the server do in vain is paid off before
 * it is answered, and before the sender's next body is read; room is given back when it is stored. Errors: those of `readBody` and of `store`.
 */
export async function receive<Result>(
  ctx: Ctx,
  ingest: Ingest,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  store: (body: Buffer, gone: AbortSignal) => Promise<Received<Result>>,
): Promise<Result> {
  const { debts } = ingest;
  const sender = ctx.actor.id;
  const gone = whenGone(reply);
  await debts.admitted(sender, gone);
  if (gone.aborted) throw new TiltmeterError('sender_gone');
  let outcome: { readonly result: Result } | { readonly failure: unknown };
  try {
    outcome = { result: await readAndStore(ctx, ingest, request, gone, store) };
  } catch (failure) {
    outcome = { failure };
  }
  // Nothing of the body is held any more.
  await debts.settled(sender, gone);
  if ('failure' in outcome) throw outcome.failure;
  return outcome.result;
}

async function readAndStore<Result>(
  ctx: Ctx,
  ingest: Ingest,
  request: FastifyRequest,
  gone: AbortSignal,
  store: (body: Buffer, gone: AbortSignal) => Promise<Received<Result>>,
): Promise<Result> {
  const { limits, debts } = ingest;
  const { headers, body, raw } = request;
  const source = (body ?? raw) as Readable;
  const sender = ctx.actor.id;
  const bounds = {
    maxBytes: limits.bodyBytes,
    pace: limits.pace,
    arrived: () => raw.socket.bytesRead,
    gone,
    wasted(bytes: number, why?: unknown) {
      // What found no room holds up nothing that finds some.
      const debtor = isNoRoom(why) ? `${sender} (no room)` : sender;
      debts.owe(debtor, bytes);
      return debts.settled(debtor, gone);
    },
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
    const { result, useful } = await store(bytes, gone);
    if (!useful) debts.owe(sender, VAIN_REQUEST_BYTES);
    return result;
  } catch (error) {
    // It was looked through in vain.
    if (error instanceof TiltmeterError && error.status < 500 && !isNoRoom(error))
      debts.owe(sender, read + VAIN_REQUEST_BYTES);
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
