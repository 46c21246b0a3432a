import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { TiltmeterError } from '../../../contract/errors.ts';

/** What stands before a message: whether it is compressed, and its length. */
const PREFIX = 5;

export interface Prefix {
  readonly compressed: boolean;
  /** Bytes of the message, as it comes. */
  readonly length: number;
}

/**
 * The prefix of the one message of a call, read from its stream, which then has the message alone. Errors: invalid_request when the stream ends
 * before it, or it is none; too_slow; sender_gone.
 */
export async function readPrefix(stream: Readable, ms: number): Promise<Prefix> {
  const deadline = AbortSignal.timeout(ms);
  for (;;) {
    const prefix = stream.read(PREFIX) as Buffer | null;
    // At its end a stream gives what is left of it.
    if (prefix !== null && prefix.length < PREFIX) throw noMessage();
    if (prefix !== null) return prefixOf(prefix);
    if (stream.readableEnded) throw noMessage();
    if (stream.destroyed) throw new TiltmeterError('sender_gone');
    await more(stream, deadline, ms);
  }
}

async function more(stream: Readable, deadline: AbortSignal, ms: number): Promise<void> {
  const done = new AbortController();
  const signal = AbortSignal.any([deadline, done.signal]);
  try {
    await Promise.race(['readable', 'end', 'close'].map((event) => once(stream, event, { signal })));
  } catch (error) {
    if (deadline.aborted) throw new TiltmeterError('too_slow', `no message came within ${ms / 1000} s`);
    throw new TiltmeterError('sender_gone', undefined, { cause: error });
  } finally {
    done.abort();
  }
}

function prefixOf(bytes: Buffer): Prefix {
  const flag = bytes[0]!;
  if (flag > 1) throw new TiltmeterError('invalid_request', `a message begins with 0 or 1, not with ${flag}`);
  return { compressed: flag === 1, length: bytes.readUInt32BE(1) };
}

function noMessage(): TiltmeterError {
  return new TiltmeterError('invalid_request', 'the call ends before its message');
}

/** A message as it is sent. */
export function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
