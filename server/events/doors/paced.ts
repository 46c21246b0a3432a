import type { Readable } from 'node:stream';
import { TiltmeterError } from '../../../contract/errors.ts';

/** The least that a body must bring: so many bytes in each so many milliseconds that it lets one wait. */
export interface Pace {
  readonly bytes: number;
  readonly ms: number;
}

/** A window is looked at so often: what the server itself was late with is blamed on nobody. */
const LOOKS = 10;

/** Bytes around its chunks that a body may have besides a fourth of its own: each chunk has six and more, and costs what hundreds of bytes do. */
const AROUND_BYTES = 64 * 1024;

/** Bytes around a chunk that are not told: those of a frame of HTTP/2. */
const FRAME_BYTES = 9;

export interface Arriving {
  readonly pace: Pace;
  /** Bytes that have come of the connection so far; where that is unknown, each chunk is taken for one with the least around it. */
  readonly arrived?: (() => number) | undefined;
}

/**
 * The chunks of a body, as long as they come at that pace: room is held for it meanwhile, which others could have. Unlike
 * the stream's own iterator it does not destroy the stream when the reader stops early.
 * Errors: too_slow; sender_gone when the connection breaks; invalid_request when it comes in chunks of a few bytes.
 */
export async function* paced(source: Readable, { pace, arrived }: Arriving): AsyncGenerator<Buffer> {
  const before = arrived?.() ?? 0;
  let [own, count] = [0, 0];
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  // Of the chunk that is waited for: a promise that all of them were raced with would keep them all until the last.
  let giveUp: (error: Error) => void = () => {};
  let [waiting, looks, bytes] = [false, 0, 0];
  const look = setInterval(() => {
    // What lies ready in the socket is taken first: it may be this process that was busy.
    setImmediate(() => {
      if (!waiting || ++looks < LOOKS) return;
      if (bytes < pace.bytes)
        giveUp(new TiltmeterError('too_slow', `less than ${pace.bytes} bytes in ${pace.ms / 1000} s`));
      [looks, bytes] = [0, 0];
    });
  }, pace.ms / LOOKS);
  try {
    for (;;) {
      waiting = true;
      const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        giveUp = reject;
        chunks.next().then(resolve, reject);
      });
      waiting = false;
      if (next.done) return;
      bytes += next.value.length;
      own += next.value.length;
      count++;
      const around = arrived ? arrived() - before - own - source.readableLength : count * FRAME_BYTES;
      if (around > AROUND_BYTES + own / 4)
        throw new TiltmeterError('invalid_request', 'the body comes in chunks of a few bytes');
      yield next.value;
    }
  } catch (error) {
    if (error instanceof TiltmeterError) throw error;
    throw new TiltmeterError('sender_gone', undefined, { cause: error });
  } finally {
    clearInterval(look);
    // While a chunk is waited for this would wait, too; then nobody reads the stream any more.
    if (!waiting) await chunks.return?.();
  }
}
