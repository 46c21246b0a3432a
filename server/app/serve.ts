import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { TiltmeterError } from '../../contract/errors.ts';
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
import { createTelemetry } from '../telemetry/telemetry.ts';
import { Uploads } from '../uploads/uploads.ts';
import type { AppOptions } from './options.ts';

/** Folder of the dashboard that was built here. */
export const WEB_DIR = resolve(import.meta.dirname, '../../web/dist');
const CLOSE_WITHIN_MS = 10_000;

export interface Served {
  readonly ingest: Ingest;
  readonly schemas: Schemas;
  readonly requests: Requests;
  readonly flags: Flags;
  readonly host: string;
  readonly port: number;
  stopping(): boolean;
}

/**
 * Listens for people and senders, and says in the data folder where. Gives the port; what was opened is closed by
 * `opening`. Errors: port_in_use, invalid_option.
 */
export async function serve(
  ctx: Ctx,
  options: AppOptions,
  { ingest, schemas, requests, flags, host, port, stopping }: Served,
  opening: AsyncDisposableStack,
): Promise<number> {
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
  const http = await createHttp({
    ctx,
    routes: withReference(
      routes({
        ingest,
        telemetry: createTelemetry(ingest, monotonic),
        schemas,
        uploads,
        flags,
        refused: refusals.counts,
      }),
    ),
    authenticate: limitGuesses((request) => authenticate(ctx, request, own), monotonic),
    trustedProxies: options.trustedProxies,
    bodyMs: 2 * (options.limits?.pace ?? DEFAULT_LIMITS.pace).ms,
    connections: { ...CONNECTION_BOUNDS, ...options.connections },
    webDir: options.webDir ?? WEB_DIR,
    requests,
    turn: ingest.turn,
    refusals,
    stopping,
  });
  opening.defer(() => closeHttp(http));
  const bound = await listen(http, host, port);
  if (options.announce ?? true) {
    const announced = announce(dataDir, httpAddress(host, bound), token);
    opening.defer(() => announced.withdraw());
  }
  return bound;
}

/**
 * Connections that may wait to be taken; the system allows 4,096 at most unless told otherwise. Node's own 511 are filled within a tenth of a second by
 * whoever opens thousands, and then others are kept waiting for a second and more, until their system tries again.
 */
const BACKLOG = 4096;

async function listen(http: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await http.listen({ host, port, backlog: BACKLOG });
    return (http.server.address() as AddressInfo).port;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'EADDRINUSE') throw new TiltmeterError('port_in_use', `port ${port} on ${host} is taken`);
    throw new TiltmeterError('invalid_option', `cannot listen on ${host}:${port}: ${message}`, {
      cause: error,
    });
  }
}

/** Requests under way get their answer; who does not read it in time is cut off. */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), CLOSE_WITHIN_MS);
  await http.close();
  clearTimeout(timer);
}
