import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deliveries } from './actions/outbox/deliveries.ts';
import { httpAddress } from './address.ts';
import { startBackground } from './app/background.ts';
import { type AppOptions, requireAdminKey } from './app/options.ts';
import { sealSecrets } from './app/seal-secrets.ts';
import { serve, WEB_DIR } from './app/serve.ts';
import { openStores } from './app/stores.ts';
import { openWayIn } from './app/way-in.ts';
import { Flags } from './automation/quarantine/flags.ts';
import { actingAs, type Ctx, SYSTEM } from './context.ts';
import type { Ingest } from './events/ingest.ts';
import { createRequests } from './http/requests.ts';
import { createIds } from './ids.ts';
import type { JobRunner } from './jobs/runner.ts';
import { createServers } from './jobs/servers.ts';
import { createLog } from './log.ts';
import { secretKeys } from './secret-key.ts';
import { createStamps } from './stamps.ts';
import { connectPrometheus } from './store/prometheus/client.ts';
import { ConfigFile } from './telemetry/scrape/config-file.ts';
import { createTelemetry } from './telemetry/telemetry.ts';
import { SESSION_BOUNDS } from './users/authenticate-session.ts';
import { createLink } from './users/create-link.ts';
import { everSignedIn, firstAdmin } from './users/first-admin.ts';
import { createVault } from './vault.ts';

export type { AppOptions };

export interface App {
  /** Where people reach it, once started. */
  readonly address: string;
  /** The port it listens on, once started. */
  readonly port: number;
  /** The port it listens on for OTLP over gRPC, once started; undefined where it does not. */
  readonly grpcPort: number | undefined;
  /** Whether there are pages to look at: the dashboard has been built. */
  readonly hasDashboard: boolean;
  /** Acting as the system, once started. */
  readonly ctx: Ctx;
  /** Errors: data_folder_locked, data_folder_not_writable, port_in_use, public_address_refused, store_unavailable … */
  start(): Promise<void>;
  /** Takes no more requests, stores what was accepted, lets go of everything. Idempotent. */
  stop(): Promise<void>;
  /** The way in, once started. */
  readonly ingest: Ingest;
  /** A new one-time link that signs the first admin in. */
  adminLink(): Promise<string>;
  /** Whether anyone has ever signed in to this installation. */
  signedInBefore(): Promise<boolean>;
  /** Runs one job of jobs.ts now and resolves when it is done. */
  runJob(name: string): Promise<void>;
  /** Tries every message that is due now, and resolves when it was tried. */
  deliver(): Promise<void>;
}

/** A request that was not answered for so long waits; background work makes way for it. */
const WAITING_MS = 20;

interface Running {
  readonly ctx: Ctx;
  readonly ingest: Ingest;
  readonly jobs: JobRunner;
  readonly deliveries: Deliveries;
  readonly address: string;
  readonly port: number;
  readonly grpcPort: number | undefined;
}

/** A whole Tiltmeter, not started yet. Example: `await createApp({ dataDir: './tiltmeter-data' }).start()` */
export function createApp(options: AppOptions): App {
  const { dataDir, host = '127.0.0.1', port = 8765, clock = Date.now } = options;
  const monotonic = options.monotonic ?? (() => performance.now());
  const log = options.log ?? createLog('silent');
  const ids = options.ids ?? createIds(clock);
  /** Whatever was opened last is closed first; a start that fails half-way closes what it had opened. */
  let opened = new AsyncDisposableStack();
  let running: Running | undefined;
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    requireAdminKey(options);
    await using opening = new AsyncDisposableStack();
    const { ledger, lake, away } = await openStores(options, { host, clock, log }, opening);
    let address = options.address?.replace(/\/+$/, '');
    const settings = {
      get address() {
        return address ?? httpAddress(host, port);
      },
      hosts: options.hosts ?? [],
      autoCreateModels: options.autoCreateModels ?? true,
      allowPrivateAddresses: options.allowPrivateAddresses ?? false,
      session: { ...SESSION_BOUNDS, ...options.session },
      startedAt: clock(),
    };
    const ctx: Ctx = {
      actor: SYSTEM,
      vault: createVault(secretKeys(dataDir, options.secretKey)),
      ledger,
      lake,
      clock,
      prometheus: options.prometheus && connectPrometheus(options.prometheus, clock),
      stamps: createStamps(clock),
      monotonic,
      turn: () => Promise.resolve(),
      ids,
      log,
      settings,
    };
    await sealSecrets(ctx);
    const servers = createServers(ctx, {
      id: ids.id(),
      marks: ctx.stamps,
      // One process per data folder: another in its SQLite file can only be one that died.
      alone: options.ledgerUrl === undefined,
      onReturn: away('ledger'),
    });
    await servers.join();
    servers.start();
    opening.defer(() => servers.leave());
    const { ingest, schemas } = await openWayIn(ctx, options, opening);
    const requests = createRequests(monotonic);
    const flags = new Flags(ctx);
    const telemetry = createTelemetry(ingest, monotonic);
    const scrapeFile = options.scrapeFile === undefined ? undefined : new ConfigFile(options.scrapeFile);
    const bound = await serve(
      ctx,
      options,
      {
        ingest,
        schemas,
        requests,
        flags,
        telemetry,
        scrapeFile,
        host,
        port,
        stopping: () => stopping !== undefined,
      },
      opening,
    );
    address ??= httpAddress(host, bound.port);
    const waitedMs = () => {
      const ms = requests.oldestMs();
      return ms > WAITING_MS ? ms : 0;
    };
    const byItself = await startBackground(
      ctx,
      options,
      { ingest, schemas, servers, flags, telemetry, scrapeFile, waitedMs },
      opening,
    );
    opened = opening.move();
    running = { ctx, ingest, ...byItself, address, ...bound };
    log.info({ address, data: dataDir }, 'listening');
  }

  function whileRunning() {
    if (!running) throw new Error('the app is not started');
    return running;
  }

  return {
    start,
    stop: () => (stopping ??= opened.disposeAsync()),
    get address() {
      return whileRunning().address;
    },
    get port() {
      return whileRunning().port;
    },
    get grpcPort() {
      return whileRunning().grpcPort;
    },
    get hasDashboard() {
      return existsSync(join(options.webDir ?? WEB_DIR, 'index.html'));
    },
    get ctx() {
      return whileRunning().ctx;
    },
    get ingest() {
      return whileRunning().ingest;
    },
    async adminLink() {
      const { ctx } = whileRunning();
      return (await createLink(actingAs(ctx, SYSTEM), await firstAdmin(ctx))).url;
    },
    signedInBefore: () => everSignedIn(whileRunning().ctx),
    runJob: (name) => whileRunning().jobs.runNow(name),
    deliver: () => whileRunning().deliveries.runDue(),
  };
}
