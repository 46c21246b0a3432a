import { once } from 'node:events';
import type { Readable, Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Reservation } from '../budget.ts';

type Take = (chunk: Buffer) => void;

/**
 * A request's body, decompressed, read chunk by chunk: what exceeds `maxBytes` is noticed with the chunk that does, so
 * that a small body that unpacks to gigabytes costs no more than the limit. Every byte is taken from the reservation.
 * After a failure the rest of the body is read and thrown away first, so that the sender gets to read the answer.
 * Errors: unsupported_encoding, invalid_compression, body_too_large, too_many_requests.
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
  reservation: Reservation,
): Promise<Buffer> {
  const read = readerOf(encoding);
  const body = collector(maxBytes, reservation);
  try {
    await read(source, body.take, () => collector(maxBytes, reservation));
  } catch (error) {
    // Others get the room while the rest comes in.
    reservation.release();
    await discard(source, maxBytes);
    throw error;
  }
  return body.whole();
}

/**
 * Reads what is left of a body, at most `maxBytes` of it: many clients do not look at the answer before they have sent
 * everything, and see a broken connection when it comes earlier.
 */
export async function discard(source: Readable, maxBytes: number): Promise<void> {
  let left = maxBytes;
  try {
    for await (const chunk of chunksOf(source)) {
      left -= chunk.length;
      if (left <= 0) break;
    }
  } catch {
    // The sender is gone; so is the rest.
  }
  source.resume();
}

export function tooLarge(maxBytes: number): TiltmeterError {
  return new TiltmeterError('body_too_large', `the body is larger than ${maxBytes} bytes`);
}

/** Chunks up to a limit, each taken from the reservation. */
function collector(maxBytes: number, reservation: Reservation) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    take(chunk: Buffer): void {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      reservation.take(chunk.length);
      chunks.push(chunk);
    },
    whole: () => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)),
  };
}

type Reader = (source: Readable, take: Take, collect: () => ReturnType<typeof collector>) => Promise<void>;

function readerOf(encoding: string | undefined): Reader {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return async (source, take) => {
        for await (const chunk of chunksOf(source)) take(chunk);
      };
    case 'gzip':
    case 'x-gzip':
      return (source, take) => unpack(chunksOf(source), createGunzip(), take);
    case 'zstd':
      return async (source, take, collect) => {
        const packed = collect();
        for await (const chunk of chunksOf(source)) packed.take(chunk);
        // Node's decompressor stops after one frame and says nothing about the rest, so each frame gets its own.
        let rest = packed.whole();
        while (rest.length > 0) {
          const frame = createZstdDecompress();
          await unpack([rest], frame, take);
          rest = rest.subarray(frame.bytesWritten);
        }
      };
    default:
      throw new TiltmeterError('unsupported_encoding');
  }
}

/** The chunks of a stream. Unlike the stream's own iterator it does not destroy the stream when the reader stops early. */
function chunksOf(source: Readable): AsyncIterable<Buffer> {
  return source.iterator({ destroyOnReturn: false });
}

async function unpack(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  through: Transform,
  take: Take,
): Promise<void> {
  let failure: unknown;
  const reading = (async () => {
    try {
      for await (const chunk of through) take(chunk as Buffer);
    } catch (error) {
      failure =
        error instanceof TiltmeterError
          ? error
          : new TiltmeterError('invalid_compression', undefined, { cause: error });
    }
  })();
  try {
    for await (const chunk of source) {
      if (failure !== undefined) break;
      if (!through.write(chunk)) await Promise.race([once(through, 'drain').catch(() => {}), reading]);
    }
    if (failure === undefined) through.end();
    await reading;
  } finally {
    through.destroy();
  }
  if (failure !== undefined) throw failure;
}
