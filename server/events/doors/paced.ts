import type { Readable } from 'node:stream';
import { TiltmeterError } from '../../../contract/errors.ts';

/** The least that a body must bring: so many bytes in each so many milliseconds that it lets one wait. */
export interface Pace {
  readonly bytes: number;
  readonly ms: number;
}

/** A window is looked at so often: what the server itself was late with is blamed on nobody. */
const LOOKS = 10;

/**
 * The chunks of a body, as long as they come at that pace: room is held for it meanwhile, which others could have. Unlike
 * the stream's own iterator it does not destroy the stream when the reader stops early.
 * Errors: too_slow; sender_gone when the connection breaks.
 */
export async function* paced(source: Readable, pace: Pace): AsyncGenerator<Buffer> {
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  const slow = Promise.withResolvers<never>();
  let [waiting, looks, bytes] = [false, 0, 0];
  const look = setInterval(() => {
    // What lies ready in the socket is taken first: it may be this process that was busy.
    setImmediate(() => {
      if (!waiting || ++looks < LOOKS) return;
      if (bytes < pace.bytes)
        slow.reject(new TiltmeterError('too_slow', `less than ${pace.bytes} bytes in ${pace.ms / 1000} s`));
      [looks, bytes] = [0, 0];
    });
  }, pace.ms / LOOKS);
  try {
    for (;;) {
      waiting = true;
      const next = await Promise.race([chunks.next(), slow.promise]);
      waiting = false;
      if (next.done) return;
      bytes += next.value.length;
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
