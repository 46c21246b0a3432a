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

/** What is known before the body. */
export interface Head {
  /** How it is compressed. */
  readonly encoding: string | undefined;
  /** Bytes that it says to have, as it comes; 0 where it says nothing. */
  readonly announced: number;
  /** Nobody but us sees whether so many come. */
  readonly unchecked?: boolean;
}

/** A request whose body is to be read. */
export interface Coming {
  readonly source: Readable;
  readonly head: () => Promise<Head>;
  /** Bytes that have come of the connection so far; unknown when absent. */
  readonly arrived?: () => number;
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A request over HTTP/1. */
export function comingOf({ request: { headers, body, raw }, reply }: Asked): Coming {
  const head = {
    encoding: headers['content-encoding'],
    announced: Number(headers['content-length'] ?? 0),
  };
  return {
    source: (body ?? raw) as Readable,
    head: async () => head,
    arrived: () => raw.socket.bytesRead,
    gone: whenGone(reply),
  };
}

/** Reads the body of a request over HTTP/1, and stores it: see `receiveComing`. */
export function receive<Result>(
  ctx: Ctx,
  ingest: Ingest,
  asked: Asked,
  store: (body: Buffer, gone: AbortSignal) => Promise<Received<Result>>,
): Promise<Result> {
  return receiveComing(ctx, ingest, comingOf(asked), store);
}

/**
 * Reads the body of a request within the limits, in turn with other senders, and stores it. What it has the server do in vain is paid off before
 * it is answered, and before the sender's next body is read; room is given back when it is stored. Errors: those of `readBody` and of `store`.
 */
export async function receiveComing<Result>(
  ctx: Ctx,
  ingest: Ingest,
  coming: Coming,
  store: (body: Buffer, gone: AbortSignal) => Promise<Received<Result>>,
): Promise<Result> {
  const { debts } = ingest;
  const sender = ctx.actor.id;
  const { gone } = coming;
  await debts.admitted(sender, gone);
  if (gone.aborted) throw new TiltmeterError('sender_gone');
  let outcome: { readonly result: Result } | { readonly failure: unknown };
  try {
    outcome = { result: await readAndStore(ctx, ingest, coming, store) };
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
  { source, head, arrived, gone }: Coming,
  store: (body: Buffer, gone: AbortSignal) => Promise<Received<Result>>,
): Promise<Result> {
  const { limits, debts } = ingest;
  const sender = ctx.actor.id;
  const bounds = {
    maxBytes: limits.bodyBytes,
    pace: limits.pace,
    arrived,
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
    const { encoding, announced, unchecked } = await head();
    // What is too large by its own word is refused before it is read.
    if (announced > limits.bodyBytes) {
      const error = tooLarge(limits.bodyBytes);
      await discard(source, bounds, error);
      throw error;
    }
    const bytes = await readBody(source, encoding, bounds, reservation);
    read = bytes.length;
    if (unchecked && encoding === undefined && read !== announced)
      throw new TiltmeterError('invalid_request', `the message says ${announced} bytes, and has ${read}`);
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
