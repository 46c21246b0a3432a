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
  const until = performance.now() + ms;
  let head = Buffer.alloc(0);
  for (;;) {
    // All that is there: a stream that keeps something says at once that it has more.
    const chunk = stream.read() as Buffer | null;
    if (chunk !== null) {
      head = Buffer.concat([head, chunk]);
      if (head.length < PREFIX) continue;
      if (head.length > PREFIX) stream.unshift(head.subarray(PREFIX));
      return prefixOf(head);
    }
    if (stream.readableEnded) throw new TiltmeterError('invalid_request', 'the call ends before its message');
    if (stream.destroyed) throw new TiltmeterError('sender_gone');
    if (!(await more(stream, until - performance.now())))
      throw new TiltmeterError('too_slow', `no message came within ${ms / 1000} s`);
  }
}

/** Resolves to true when a stream has more, or has ended, and to false when it had neither in time. */
function more(stream: Readable, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(false), Math.max(0, ms));
    const here = () => done(true);
    const events = ['readable', 'end', 'close', 'error'] as const;
    for (const event of events) stream.once(event, here);
    function done(came: boolean): void {
      clearTimeout(timer);
      for (const event of events) stream.off(event, here);
      resolve(came);
    }
  });
}

function prefixOf(bytes: Buffer): Prefix {
  const flag = bytes[0]!;
  if (flag > 1) throw new TiltmeterError('invalid_request', `a message begins with 0 or 1, not with ${flag}`);
  return { compressed: flag === 1, length: bytes.readUInt32BE(1) };
}

/** A message as it is sent. */
export function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
