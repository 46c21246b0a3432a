import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { UseOfConnections } from './connections.ts';

/** Requests of one connection that may wait for their answers: browsers and clients send one after the other. */
const PIPED = 16;

/** Closes a connection of which too many requests wait; what comes behind them in the same piece is nobody's work. */
export function boundPipes(server: Server): UseOfConnections {
  const waiting = new WeakMap<Socket, number>();
  const handlers = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, reply) => {
    const { socket } = request;
    const own = (waiting.get(socket) ?? 0) + 1;
    waiting.set(socket, own);
    if (own > PIPED) return void socket.destroy();
    // Who sends a file listens nearly as often as Node takes for a leak.
    reply.setMaxListeners(20);
    reply.once('close', () => {
      const left = waiting.get(socket) ?? 1;
      if (left <= PIPED) waiting.set(socket, left - 1);
    });
    for (const handle of handlers) handle(request, reply);
  });
  return {
    of: (socket: Socket) => {
      const own = waiting.get(socket);
      const unanswered = own ?? 0;
      return { asked: own !== undefined, tooMany: unanswered > PIPED, givenUp: unanswered > 0 };
    },
  };
}
