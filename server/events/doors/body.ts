import { once } from 'node:events';
import type { Readable, Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { uncompress } from 'snappy';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Reservation } from '../budget.ts';
import { type Pace, paced } from './paced.ts';

type Take = (chunk: Buffer) => void;

export interface BodyLimits {
  /** Bytes of it, as it comes and decompressed. */
  readonly maxBytes: number;
  readonly pace: Pace;
  /** Bytes that have come of the connection so far. */
  readonly arrived?: (() => number) | undefined;
  /** Aborted when nobody waits for an answer any more. */
  readonly gone?: AbortSignal | undefined;
  /** Resolves when it is the sender's turn to have more of a large body read. */
  readonly turn?: (() => Promise<void>) | undefined;
  /** Told what was read only to be thrown away, and why, and awaited before more of it is. */
  readonly wasted?: ((bytes: number, why: unknown) => Promise<void>) | undefined;
}

/** Of a body so much is read as it comes; what is more in turn with other senders, however many such bodies one has. */
const AT_ONCE_BYTES = 256 * 1024;

/** Frames of one zstd body, members of one gzip body: each costs a decompressor, whatever is in it. Compressors make one for each stream. */
const MOST_FRAMES = 1000;

/** What the content encoding `zstd` may ask for (RFC 9659): a frame may announce gigabytes of window in a few bytes. */
const WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/**
 * A request's body, decompressed, read chunk by chunk: what exceeds `maxBytes` is noticed with the chunk that does, so
 * that a small body that unpacks to gigabytes costs no more than the limit. Every byte is taken from the reservation.
 * After a failure the rest of the body is read and thrown away first, so that the sender gets to read the answer.
 * Errors: unsupported_encoding, invalid_compression, body_too_large, too_many_requests, too_slow, sender_gone, invalid_request (chunks of a few bytes).
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  limits: BodyLimits,
  reservation: Reservation,
): Promise<Buffer> {
  const read = readerOf(encoding);
  const body = collector(limits, reservation);
  let came = 0;
  async function* coming() {
    for await (const chunk of paced(source, limits)) {
      came += chunk.length;
      if (came > AT_ONCE_BYTES) await limits.turn?.();
      yield chunk;
    }
  }
  try {
    await read(coming(), body.take, limits, reservation);
  } catch (error) {
    // Others get the room while the rest comes in.
    reservation.release();
    const waited = limits.wasted?.(Math.max(came, body.size()), error);
    body.drop();
    if (!isLost(error)) {
      await waited;
      await discard(source, limits, error);
    }
    throw error;
  }
  return body.whole();
}

/** For so long the rest of a body is read that nobody wants. */
const DISCARD_MS = 10_000;

/**
 * Reads what is left of a body, at most `maxBytes` of it, and for some seconds: many clients do not look at the answer before they have sent
 * everything, and see a broken connection when it comes earlier.
 */
export async function discard(source: Readable, limits: BodyLimits, why: unknown): Promise<void> {
  const enough = AbortSignal.timeout(DISCARD_MS);
  let left = limits.maxBytes;
  try {
    for await (const chunk of paced(source, limits)) {
      left -= chunk.length;
      if (left <= 0 || enough.aborted) break;
      await limits.wasted?.(chunk.length, why);
    }
  } catch {
    // The sender is gone, or as good as; so is the rest.
  }
}

export function tooLarge(maxBytes: number): TiltmeterError {
  return new TiltmeterError('body_too_large', `the body is larger than ${maxBytes} bytes`);
}

/** Nothing more will come, or nothing that is worth the reading. */
const LOST: ReadonlySet<string> = new Set(['too_slow', 'sender_gone', 'invalid_request']);

function isLost(error: unknown): boolean {
  return error instanceof TiltmeterError && LOST.has(error.code);
}

/** However small a chunk is, to take it costs as much as a chunk of so many bytes. */
const LEAST_BYTES = 256;
/** Chunks are put together in blocks, each of as much as has come, up to this: a block is given back to the system at once, what many small ones leave is not. */
const BLOCK_BYTES = 1024 * 1024;

/** Chunks up to a limit, each taken from the reservation. */
function collector({ maxBytes, gone }: BodyLimits, reservation: Reservation) {
  const full: Buffer[] = [];
  let block: Buffer = Buffer.alloc(0);
  let [used, got, size] = [0, 0, 0];
  return {
    take(chunk: Buffer): void {
      if (gone?.aborted) throw new TiltmeterError('sender_gone');
      const bytes = Math.max(LEAST_BYTES, chunk.length);
      size += bytes;
      if (size > maxBytes) throw tooLarge(maxBytes);
      reservation.take(bytes);
      if (got === 0) [block, used] = [chunk, chunk.length];
      else {
        if (used + chunk.length > block.length) {
          full.push(block.subarray(0, used));
          block = Buffer.allocUnsafeSlow(Math.max(chunk.length, Math.min(got, BLOCK_BYTES)));
          used = 0;
        }
        used += chunk.copy(block, used);
      }
      got += chunk.length;
    },
    size: () => size,
    drop() {
      full.splice(0);
      block = Buffer.alloc(0);
    },
    whole: () => {
      const last = block.subarray(0, used);
      return full.length === 0 ? last : Buffer.concat([...full, last]);
    },
  };
}

type Reader = (
  source: AsyncIterable<Buffer>,
  take: Take,
  limits: BodyLimits,
  reservation: Reservation,
) => Promise<void>;

function readerOf(encoding: string | undefined): Reader {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return async (source, take) => {
        for await (const chunk of source) take(chunk);
      };
    case 'gzip':
    case 'x-gzip':
      return (source, take, limits) => unpack(membersOf(bounded(source, limits)), createGunzip(), take);
    case 'zstd':
      return async (source, take, limits, reservation) => {
        const packed = collector(limits, reservation);
        for await (const chunk of source) packed.take(chunk);
        // Node's decompressor stops after one frame and says nothing about the rest, so each frame gets its own.
        let rest = packed.whole();
        if (timesIn(rest, FRAME) > MOST_FRAMES) throw tooManyFrames();
        while (rest.length > 0) {
          if (limits.gone?.aborted) throw new TiltmeterError('sender_gone');
          const frame = createZstdDecompress(WINDOW);
          await unpack([rest], frame, take);
          rest = rest.subarray(frame.bytesWritten);
        }
      };
    case 'snappy':
      return async (source, take, limits, reservation) => {
        const packed = collector(limits, reservation);
        for await (const chunk of source) packed.take(chunk);
        take(await unpackSnappy(packed.whole(), limits.maxBytes));
      };
    default:
      throw new TiltmeterError('unsupported_encoding');
  }
}

/** A block of snappy, as Prometheus sends them: one piece, which says first how large it unpacks to. */
async function unpackSnappy(packed: Buffer, maxBytes: number): Promise<Buffer> {
  const announced = announcedBytes(packed);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  try {
    return (await uncompress(packed)) as Buffer;
  } catch (error) {
    throw new TiltmeterError('invalid_compression', undefined, { cause: error });
  }
}

/** The varint at the beginning of a block. */
function announcedBytes(packed: Buffer): number {
  let bytes = 0;
  for (let i = 0; i < Math.min(5, packed.length); i++) {
    bytes += (packed[i]! & 127) * 2 ** (7 * i);
    if (packed[i]! < 128) return bytes;
  }
  throw new TiltmeterError('invalid_compression');
}

/** What a frame begins with (RFC 8878). Packed text holds these four bytes by chance once in gigabytes. */
const FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** What a member of gzip begins with (RFC 1952); by chance once in 16 MB. */
const MEMBER = Buffer.from([0x1f, 0x8b, 0x08]);

/** How many frames some bytes seem to have, at most one more than are allowed: none of them is opened for it. */
function timesIn(packed: Buffer, mark: Buffer): number {
  let times = 0;
  for (let at = packed.indexOf(mark); at >= 0 && times <= MOST_FRAMES; at = packed.indexOf(mark, at + 1))
    times++;
  return times;
}

/** The chunks of a gzip body, up to the one in which it has too many members. */
async function* membersOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let members = 0;
  let end = Buffer.alloc(0);
  for await (const chunk of source) {
    // One may begin at the end of a chunk.
    members += timesIn(Buffer.concat([end, chunk.subarray(0, 2)]), MEMBER) + timesIn(chunk, MEMBER);
    if (members > MOST_FRAMES) throw tooManyFrames();
    end = Buffer.concat([end, chunk.subarray(-2)]).subarray(-2);
    yield chunk;
  }
}

function tooManyFrames(): TiltmeterError {
  return new TiltmeterError('invalid_compression', `the body has more than ${MOST_FRAMES} frames`);
}

/** As it comes, bytes are bounded, too: what is packed may have no content at all. */
async function* bounded(
  source: AsyncIterable<Buffer>,
  { maxBytes, gone }: BodyLimits,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    if (gone?.aborted) throw new TiltmeterError('sender_gone');
    yield chunk;
  }
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
