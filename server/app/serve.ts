import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { httpAddress } from '../address.ts';
import { authenticate } from '../authenticate.ts';
import type { Flags } from '../automation/quarantine/flags.ts';
import type { Ctx } from '../context.ts';
import type { Ingest } from '../events/ingest.ts';
import { DEFAULT_LIMITS } from '../events/limits.ts';
import { CONNECTION_BOUNDS } from '../http/connections.ts';
import { limitGuesses } from '../http/limit-guesses.ts';
import { withReference } from '../http/openapi-routes.ts';
import { createRefusals } from '../http/refusals.ts';
import type { Requests } from '../http/requests.ts';
import { createHttp } from '../http/server.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { routes } from '../routes.ts';
import { announce } from '../running.ts';
import { secretHash } from '../secrets.ts';
import { otlpGrpcRoutes } from '../telemetry/otlp-grpc.ts';
import type { ConfigFile } from '../telemetry/scrape/config-file.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { Uploads } from '../uploads/uploads.ts';
import { CLOSE_WITHIN_MS, listen } from './listen.ts';
import type { AppOptions } from './options.ts';
import { serveGrpc } from './serve-grpc.ts';

/** Folder of the dashboard that was built here. */
export const WEB_DIR = resolve(import.meta.dirname, '../../web/dist');

export interface Served {
  readonly ingest: Ingest;
  readonly schemas: Schemas;
  readonly requests: Requests;
  readonly flags: Flags;
  readonly telemetry: Telemetry;
  readonly scrapeFile: ConfigFile | undefined;
  readonly host: string;
  readonly port: number;
  stopping(): boolean;
}

export interface Bound {
  readonly port: number;
  /** Of OTLP over gRPC; undefined where nothing listens for it. */
  readonly grpcPort: number | undefined;
}

/**
 * Listens for people and senders, and says in the data folder where. Gives the ports; what was opened is closed by
 * `opening`. Errors: port_in_use, invalid_option.
 */
export async function serve(
  ctx: Ctx,
  options: AppOptions,
  { ingest, schemas, requests, flags, telemetry, scrapeFile, host, port, stopping }: Served,
  opening: AsyncDisposableStack,
): Promise<Bound> {
  const { dataDir, adminKey } = options;
  const { clock, monotonic, ids, log } = ctx;
  const uploads = await Uploads.open({ folder: join(dataDir, 'uploads'), clock, ids });
  opening.defer(() => uploads.close());
  const refusals = createRefusals(log, monotonic);
  const token = ids.secret();
  const own = {
    admin: adminKey === undefined ? undefined : secretHash(adminKey),
    local: secretHash(token),
  };
  const shared = {
    ctx,
    authenticate: limitGuesses((request) => authenticate(ctx, request, own), monotonic),
    trustedProxies: options.trustedProxies,
    connections: { ...CONNECTION_BOUNDS, ...options.connections },
    requests,
    turn: ingest.turn,
    refusals,
    stopping,
  };
  const http = await createHttp({
    ...shared,
    routes: withReference(
      routes({ ingest, telemetry, scrapeFile, schemas, uploads, flags, refused: refusals.counts }),
    ),
    bodyMs: 2 * (options.limits?.pace ?? DEFAULT_LIMITS.pace).ms,
    webDir: options.webDir ?? WEB_DIR,
  });
  opening.defer(() => closeHttp(http));
  const bound = await listen(http, host, port);
  if (options.announce ?? true) {
    const announced = announce(dataDir, httpAddress(host, bound), token);
    opening.defer(() => announced.withdraw());
  }
  const grpc = { ...shared, routes: otlpGrpcRoutes(ingest, telemetry) };
  const grpcPort =
    options.grpcPort === undefined ? undefined : await serveGrpc(grpc, host, options.grpcPort, opening);
  return { port: bound, grpcPort };
}

/** Requests under way get their answer; who does not read it in time is cut off. */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), CLOSE_WITHIN_MS);
  await http.close();
  clearTimeout(timer);
}
