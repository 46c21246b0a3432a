import type { FastifyInstance } from 'fastify';

export interface UnreadBounds {
  /** Bytes of a body that are read once its request is answered: who sends before looking gets to see the answer. */
  readonly bytes: number;
  /** Within how many milliseconds the rest is there, or the connection is closed. */
  readonly ms: number;
}

const UNREAD: UnreadBounds = { bytes: 1024 * 1024, ms: 2_000 };
const LOOKS = 8;

/**
 * Closes connections whose request was answered before its body was there (refused at its head, too large), when the rest does not come soon. Node
 * would read on and on what nobody wants. To be called before `http` listens.
 */
export function closeUnread(http: FastifyInstance, { bytes, ms }: UnreadBounds = UNREAD): void {
  http.addHook('onResponse', async ({ raw }) => {
    const { socket } = raw;
    if (raw.complete || socket.destroyed) return;
    const most = socket.bytesRead + bytes;
    let looks = 0;
    const look = setInterval(() => {
      if (!raw.complete) {
        if (socket.bytesRead > most) socket.pause();
        if (++looks < LOOKS) return;
        socket.destroy();
      }
      clearInterval(look);
    }, ms / LOOKS).unref();
  });
}
