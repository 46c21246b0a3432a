import { constants, type Http2Server, type Http2ServerResponse } from 'node:http2';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { TiltmeterError } from '../../../contract/errors.ts';
import { addRoute, type Turn } from '../add-route.ts';
import { boundConnections, type ConnectionBounds } from '../connections.ts';
import { addErrorHandler, logFailure, shownError } from '../failures.ts';
import { createOneAtATime } from '../one-at-a-time.ts';
import { createPatience } from '../patience.ts';
import type { Refusals } from '../refusals.ts';
import type { HttpOptions } from '../server.ts';
import { framed } from './message.ts';
import { watchSessions } from './sessions.ts';
import { failureTrailers } from './status.ts';

export const GRPC_TYPE = 'application/grpc';

/** How long the end of a message is waited for whose call was answered already. */
const REST_MS = 250;
/** Calls of one connection that may wait for their answers; a client that has more sends them when others are answered. */
const CALLS = 32;

export interface GrpcOptions extends Omit<HttpOptions, 'bodyMs' | 'webDir'> {
  readonly connections: ConnectionBounds;
  readonly turn: Turn;
  readonly refusals: Refusals;
}

export interface GrpcServer {
  readonly http: FastifyInstance;
  /** Cuts off who does not end by itself. */
  destroyAll(): void;
}

/**
 * A server for unary calls of gRPC, which are requests of HTTP/2 in clear text (proxies end TLS): a message behind five bytes, and a status behind the answer. Its
 * routes answer with the message. Who calls passes what who asks over HTTP does: keys, guesses, turns, bounds of connections.
 */
export function createGrpc({
  ctx,
  routes,
  authenticate,
  trustedProxies = [],
  connections,
  requests,
  refusals,
  turn,
  stopping,
}: GrpcOptions): GrpcServer {
  const http = Fastify({
    http2: true,
    http: { settings: { maxConcurrentStreams: CALLS, maxHeaderListSize: 16 * 1024, enablePush: false } },
    logger: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => ctx.ids.id(),
    return503OnClosing: false,
  } as object) as FastifyInstance;
  const server = http.server as unknown as Http2Server;
  const sessions = watchSessions(server);
  boundConnections(server, connections, trustedProxies, refusals.connection, sessions);
  addErrorHandler(http, ctx.log, refusals, createPatience(ctx.monotonic), sendFailure);
  requests?.watch(http);
  http.addHook('onRequest', async () => {
    if (stopping()) throw new TiltmeterError('stopping', undefined, { retryAfter: 2 });
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser(/^application\/grpc(\+proto)?\s*(;|$)/i, (_request, payload, done) =>
    done(null, payload),
  );
  http.addHook('onSend', async (_request, reply, payload) => {
    if (reply.hasTrailer('grpc-status')) return payload;
    reply.type(GRPC_TYPE).trailer('grpc-status', async () => '0');
    return framed(payload as Buffer);
  });
  const way = { authenticate, refusals, turn, oneAtATime: createOneAtATime() };
  for (const route of routes) addRoute(http, ctx, route, way);
  http.setNotFoundHandler((request, reply) => {
    const error = new TiltmeterError('method_not_allowed', 'there is no such service, or method of it');
    return sendFailure(error, request, reply, ctx.log);
  });
  return { http, destroyAll: sessions.destroyAll };
}

/** A refused call: its status, and nothing else. */
function sendFailure(
  failure: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Parameters<typeof logFailure>[2],
): FastifyReply {
  const error = shownError(logFailure(failure, request, log), request);
  // What speaks no gRPC looks at the status of HTTP.
  const grpc = request.headers['content-type']?.toLowerCase().startsWith(GRPC_TYPE);
  reply.code(grpc ? 200 : 415).type(GRPC_TYPE);
  for (const [name, value] of Object.entries(failureTrailers(error))) reply.trailer(name, async () => value);
  // Of a message that did not come whole the rest is not waited for, once the answer has gone.
  const { stream } = reply.raw as unknown as Http2ServerResponse;
  const rest = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), REST_MS).unref();
  stream.once('close', () => clearTimeout(rest));
  return reply.send();
}
