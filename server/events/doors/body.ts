import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Reservation } from '../budget.ts';

/**
 * A request's body, decompressed, read chunk by chunk: what exceeds `maxBytes` is noticed with the chunk that does, so
 * that a small body that unpacks to gigabytes costs no more than the limit. Every byte is taken from the reservation.
 * After a failure the rest of the body is read and thrown away, so that the sender gets to read the answer.
 * Errors: unsupported_encoding, invalid_compression, body_too_large, too_many_requests, invalid_request (cut off).
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
  reservation: Reservation,
): Promise<Buffer> {
  const unpack = decompressor(encoding);
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    reservation.take(chunk.length);
    chunks.push(chunk);
  };
  try {
    if (unpack === undefined) for await (const chunk of drained(source)) take(chunk);
    else await unpacked(source, unpack, take);
  } catch (error) {
    unpack?.destroy();
    source.resume();
    throw error;
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
}

export function tooLarge(maxBytes: number): TiltmeterError {
  return new TiltmeterError('body_too_large', `the body is larger than ${maxBytes} bytes`);
}

function decompressor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase() ?? 'identity') {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'zstd':
      return createZstdDecompress();
    default:
      throw new TiltmeterError('unsupported_encoding');
  }
}

/** The chunks of a stream. Unlike the stream's own iterator it does not destroy the stream when the reader stops early. */
function drained(source: Readable): AsyncIterable<Buffer> {
  return source.iterator({ destroyOnReturn: false });
}

async function unpacked(
  source: Readable,
  unpack: NodeJS.ReadWriteStream & Readable,
  take: (chunk: Buffer) => void,
): Promise<void> {
  let failure: unknown;
  const reading = (async () => {
    try {
      for await (const chunk of unpack) take(chunk as Buffer);
    } catch (error) {
      failure ??= error instanceof TiltmeterError ? error : invalid(error);
    }
  })();
  for await (const chunk of drained(source)) {
    if (failure !== undefined) break;
    if (!unpack.write(chunk)) await Promise.race([once(unpack, 'drain').catch(() => {}), reading]);
  }
  if (failure === undefined) unpack.end();
  await reading;
  if (failure !== undefined) throw failure;
}

function invalid(cause: unknown): TiltmeterError {
  return new TiltmeterError('invalid_compression', undefined, { cause });
}
