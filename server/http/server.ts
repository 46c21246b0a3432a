import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { type Authenticate, addRoute, type Turn } from './add-route.ts';
import { closeUnread } from './close-unread.ts';
import { boundConnections, CONNECTION_BOUNDS, type ConnectionBounds } from './connections.ts';
import { addErrorHandler, answerClientError, sendError } from './failures.ts';
import { addHeaders } from './headers.ts';
import { limitWaiting } from './limit-waiting.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { parseJson } from './parse-json.ts';
import { createPatience } from './patience.ts';
import { boundPipes } from './pipes.ts';
import { recentActors } from './recent-actors.ts';
import { createRefusals, type Refusals } from './refusals.ts';
import type { Requests } from './requests.ts';
import { requireHost } from './require-host.ts';
import { type Route, SMALL_BODY } from './route.ts';
import { unknownAddress } from './unknown-address.ts';
import { addWeb, isPage, sendPage } from './web.ts';

export interface HttpOptions {
  readonly ctx: Ctx;
  readonly routes: readonly Route[];
  /** Who sends a request. */
  readonly authenticate: Authenticate;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Within how many milliseconds a small body must be there. */
  readonly bodyMs?: number;
  /** How many connections may be open. */
  readonly connections?: ConnectionBounds;
  /** Folder of the built dashboard. */
  readonly webDir: string;
  /** Resolves when it is the turn of one of those who ask. */
  readonly turn?: Turn;
  /** Told of every request that waits for its answer. */
  readonly requests?: Requests | undefined;
  /** Told of every request that is refused. */
  readonly refusals?: Refusals;
  /** True once the server takes no more requests. */
  readonly stopping: () => boolean;
}

/** Replies only (ingest reads its bodies itself), at a quality that costs less time than it saves. */
const COMPRESSION = {
  globalDecompression: false,
  threshold: 2048,
  encodings: ['br' as const, 'gzip' as const],
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } },
  zlibOptions: { level: 2 },
};

/** The HTTP server, not listening yet. */
export async function createHttp({
  ctx,
  routes,
  authenticate,
  trustedProxies = [],
  connections = CONNECTION_BOUNDS,
  bodyMs = 20_000,
  webDir,
  requests,
  refusals = createRefusals(ctx.log, ctx.monotonic),
  turn = async () => {},
  stopping,
}: HttpOptions): Promise<FastifyInstance> {
  const http = Fastify({
    logger: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => ctx.ids.id(),
    requestIdHeader: false,
    bodyLimit: SMALL_BODY,
    requestTimeout: 300_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: true },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, ctx.log),
  });
  await http.register(cookie);
  await http.register(compress, COMPRESSION);
  addErrorHandler(http, ctx.log, refusals, createPatience(ctx.monotonic));
  boundConnections(http.server, connections, trustedProxies, refusals.connection, boundPipes(http.server));
  addHeaders(http, ctx.settings);
  closeUnread(http);
  requests?.watch(http);
  http.addHook('onRequest', async () => {
    if (stopping()) throw new TiltmeterError('stopping', undefined, { retryAfter: 2 });
  });
  http.addHook('onRequest', async (request) => requireHost(request, ctx.settings));
  http.addHook('onSend', async (_request, reply) => {
    if (stopping()) reply.header('connection', 'close');
  });
  http.addHook('onResponse', async (request, reply) => {
    const fields = { request: request.id, method: request.method, route: request.routeOptions.url };
    ctx.log.debug({ ...fields, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });

  const recently = recentActors(authenticate, ctx.monotonic);
  const way = { authenticate, recently, refusals, turn, oneAtATime: createOneAtATime() };
  await http.register(async (json) => {
    limitWaiting(json, bodyMs);
    json.removeAllContentTypeParsers();
    json.addContentTypeParser(/^application\/(json|[\w.-]+\+json)\b/, { parseAs: 'string' }, parseJson);
    for (const route of routes.filter((each) => !each.raw)) addRoute(json, ctx, route, way);
  });
  await http.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const route of routes.filter((each) => each.raw)) addRoute(raw, ctx, route, way);
  });
  await addWeb(http, webDir);

  const unknown = unknownAddress(routes);
  http.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (isPage(request.method, path, request.headers.accept)) {
      // Not returned: each promise that a reply passes through listens for its end.
      sendPage(reply);
      return;
    }
    const { error, allow } = unknown(request.method, path);
    if (allow) reply.header('allow', allow);
    return sendError(error, request, reply, ctx.log);
  });
  return http;
}
