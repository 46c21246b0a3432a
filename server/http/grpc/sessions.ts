import { constants, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { UseOfConnections } from '../connections.ts';

/** Pings in a row, with no call between: clients keep a connection alive by one in some seconds. */
const MOST_PINGS = 1000;

interface Session {
  asked: boolean;
  open: number;
  pings: number;
  tooMany: boolean;
}

/** Looks after the connections of HTTP/2: one that pings on and on is closed. */
export function watchSessions(server: Http2Server): UseOfConnections & { destroyAll(): void } {
  const sessions = new Map<string, Session>();
  const all = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    const { socket } = session;
    const name = nameOf(socket as Socket);
    const own: Session = { asked: false, open: 0, pings: 0, tooMany: false };
    sessions.set(name, own);
    all.add(session);
    session.on('stream', (stream) => {
      own.asked = true;
      own.pings = 0;
      own.open++;
      stream.once('close', () => {
        own.open--;
      });
    });
    session.on('ping', () => {
      if (++own.pings <= MOST_PINGS) return;
      own.tooMany = true;
      session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    });
    session.once('close', () => {
      all.delete(session);
      // The connection itself, which is asked about, closes behind it.
      setImmediate(() => sessions.delete(name));
    });
  });
  return {
    of(socket) {
      const own = sessions.get(nameOf(socket));
      return {
        asked: own?.asked ?? false,
        tooMany: own?.tooMany ?? false,
        givenUp: (own?.open ?? 0) > 0,
      };
    },
    destroyAll() {
      for (const session of all) session.destroy();
    },
  };
}

const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
