import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { TiltmeterError } from '../contract/errors.ts';
import { releaseAll } from './actions/outbox/claim.ts';
import { createDeliveries, type Deliveries } from './actions/outbox/deliveries.ts';
import { sealChannels } from './actions/sealed-options.ts';
import { httpAddress, isLoopback } from './address.ts';
import { adoptKey } from './audit/head.ts';
import { authenticate } from './authenticate.ts';
import { actingAs, type Ctx, type Ids, SYSTEM } from './context.ts';
import { isOpenToOthers, openDataFolder } from './data-folder.ts';
import { beginArrivals } from './events/arrivals.ts';
import { othersOf } from './events/ids/others.ts';
import { createIngest, type Ingest } from './events/ingest.ts';
import { DEFAULT_LIMITS, type IngestLimits } from './events/limits.ts';
import { limitGuesses } from './http/limit-guesses.ts';
import { withReference } from './http/openapi-routes.ts';
import { createRefusals } from './http/refusals.ts';
import { createRequests } from './http/requests.ts';
import { createHttp } from './http/server.ts';
import { createIds } from './ids.ts';
import { createJobRunner, type JobRunner } from './jobs/runner.ts';
import { createServers } from './jobs/servers.ts';
import { createJobs } from './jobs.ts';
import { createLog, type Log } from './log.ts';
import { makeModelTable } from './models/columns/make-table.ts';
import { Schemas } from './models/columns/schemas.ts';
import { modelIds } from './models/list-ids.ts';
import { sealPseudonymKey } from './models/privacy/pseudonyms.ts';
import { resetAfterRemade, resetWhereEmpty } from './profiles/heads/reset-heads.ts';
import { routes } from './routes.ts';
import { announce } from './running.ts';
import { secretKeys } from './secret-key.ts';
import { secretHash } from './secrets.ts';
import { createStamps } from './stamps.ts';
import { noteAway, noteRemade } from './status/watch/concerns.ts';
import { inBackground } from './store/lake/background.ts';
import { makeSharedTable, withMissingTables } from './store/lake/missing-tables.ts';
import { openLake } from './store/lake/open.ts';
import { oneAtATime } from './store/ledger/one-at-a-time.ts';
import { openLedger } from './store/ledger/open.ts';
import { Uploads } from './uploads/uploads.ts';
import { createLink } from './users/create-link.ts';
import { everSignedIn, firstAdmin } from './users/first-admin.ts';
import { createVault } from './vault.ts';

export interface AppOptions {
  readonly dataDir: string;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** 8765 when absent; 0 takes any free port. */
  readonly port?: number;
  /** `http(s)://user:password@host:8123/database`: a ClickHouse server instead of the embedded lake. */
  readonly lakeUrl?: string;
  /** `postgres://…` instead of SQLite in the data folder. */
  readonly ledgerUrl?: string;
  /** Other servers write to the same lake; when absent, where both stores have an address. They must share the ledger too. */
  readonly sharedLake?: boolean | undefined;
  /** A key that may do everything, for automation; at least 16 characters. */
  readonly adminKey?: string;
  /** The secret key that secrets are encrypted with and the audit log is chained with, at least 32 characters; former ones behind it. Of the data folder when absent. */
  readonly secretKey?: string;
  /** Public address of the dashboard; made of host and port when absent. */
  readonly address?: string;
  /** Addresses and ranges of reverse proxies, whose `X-Forwarded-For` is believed. Nobody's when absent. */
  readonly trustedProxies?: readonly string[];
  /** Further names of hosts that people and browsers reach it by. */
  readonly hosts?: readonly string[] | undefined;
  readonly autoCreateModels?: boolean;
  readonly allowPrivateAddresses?: boolean;
  /** Folder of the built dashboard. */
  readonly webDir?: string;
  /** False: no job runs and nothing is delivered by itself; `runJob` and `deliver` still do. */
  readonly jobs?: boolean;
  /** False: it does not say in its data folder where it listens. */
  readonly announce?: boolean;
  /** Bounds of the way in, where they differ from the usual ones. */
  readonly limits?: Partial<IngestLimits>;
  readonly clock?: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly monotonic?: () => number;
  readonly ids?: Ids;
  readonly log?: Log;
}

export interface App {
  /** Where people reach it, once started. */
  readonly address: string;
  /** The port it listens on, once started. */
  readonly port: number;
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

const WEB_DIR = resolve(import.meta.dirname, '../web/dist');
const CLOSE_WITHIN_MS = 10_000;
/** A request that was not answered for so long waits; background work makes way for it. */
const WAITING_MS = 20;

/** A whole Tiltmeter, not started yet. Example: `await createApp({ dataDir: './tiltmeter-data' }).start()` */
export function createApp(options: AppOptions): App {
  const { dataDir, host = '127.0.0.1', port = 8765, clock = Date.now, adminKey } = options;
  const monotonic = options.monotonic ?? (() => performance.now());
  const log = options.log ?? createLog('silent');
  const ids = options.ids ?? createIds(clock);
  /** Whatever was opened last is closed first; a start that fails half-way closes what it had opened. */
  let opened = new AsyncDisposableStack();
  let running:
    | { ctx: Ctx; ingest: Ingest; jobs: JobRunner; deliveries: Deliveries; address: string; port: number }
    | undefined;
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    if (adminKey !== undefined && adminKey.length < 16) {
      throw new TiltmeterError('invalid_option', 'the admin key must have at least 16 characters');
    }
    await using opening = new AsyncDisposableStack();
    const folder = openDataFolder(dataDir);
    opening.defer(() => folder.release());
    if (isOpenToOthers(dataDir))
      log.warn({ data: dataDir }, `others may look into the data folder: chmod -R go= ${dataDir}`);
    const onIdleError = (err: Error) => log.warn({ err }, 'a connection to the ledger broke');
    const ledger = await openLedger({ dataDir, ledgerUrl: options.ledgerUrl, clock, onIdleError });
    opening.defer(() => ledger.destroy());
    if (!isLoopback(host) && adminKey === undefined && !(await everSignedIn({ ledger }))) {
      throw new TiltmeterError(
        'public_address_refused',
        `refusing to listen on ${host}: nobody can sign in yet`,
      );
    }
    const away = (store: 'lake' | 'ledger') => (ms: number) =>
      noteAway({ ledger, clock }, store, ms).catch((err) => log.warn({ err, store }, 'could not be noted'));
    const store = await oneAtATime(ledger, log, () =>
      openLake({ dataDir, lakeUrl: options.lakeUrl, log, onReturn: away('lake') }),
    );
    opening.defer(() => store.close());
    const lake = withMissingTables(store, {
      makers: [makeSharedTable, makeModelTable(ledger)],
      async onRemade(table) {
        await noteRemade({ ledger, clock }, table);
        await resetAfterRemade({ ledger }, table);
      },
      log,
      clock,
    });
    await resetWhereEmpty({ ledger, lake });
    let address = options.address?.replace(/\/+$/, '');
    const settings = {
      get address() {
        return address ?? httpAddress(host, port);
      },
      hosts: options.hosts ?? [],
      autoCreateModels: options.autoCreateModels ?? true,
      allowPrivateAddresses: options.allowPrivateAddresses ?? false,
      startedAt: clock(),
    };
    const stamps = createStamps(clock);
    const turn = () => Promise.resolve();
    const vault = createVault(secretKeys(dataDir, options.secretKey));
    const ctx: Ctx = {
      actor: SYSTEM,
      vault,
      ledger,
      lake,
      clock,
      stamps,
      monotonic,
      turn,
      ids,
      log,
      settings,
    };
    const rekeyed = await adoptKey(ctx);
    await sealChannels(ctx, { all: rekeyed });
    if (rekeyed) await sealPseudonymKey(ctx);
    const servers = createServers(ctx, {
      id: ids.id(),
      marks: stamps,
      // One process per data folder: another in its SQLite file can only be one that died.
      alone: options.ledgerUrl === undefined,
      onReturn: away('ledger'),
    });
    await servers.join();
    servers.start();
    opening.defer(() => servers.leave());
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const schemas = new Schemas({ lake, ledger, vault, clock, maxColumns: limits.columns });
    await beginArrivals(ctx);
    const ingest = await createIngest({
      schemas,
      ledger,
      lake,
      clock,
      monotonic,
      stamps,
      ids,
      log,
      limits,
      idsFolder: join(dataDir, 'known-ids'),
      others: sharesLake(options) ? othersOf(ctx) : undefined,
      sharedLedger: options.ledgerUrl !== undefined,
    });
    opening.defer(() => ingest.close());

    const uploads = await Uploads.open({ folder: join(dataDir, 'uploads'), clock, ids });
    opening.defer(() => uploads.close());

    const requests = createRequests(monotonic);
    const refusals = createRefusals(log, monotonic);
    const token = ids.secret();
    const own = {
      admin: adminKey === undefined ? undefined : secretHash(adminKey),
      local: secretHash(token),
    };
    const http = await createHttp({
      ctx,
      routes: withReference(routes({ ingest, schemas, uploads, refused: refusals.counts })),
      authenticate: limitGuesses((request) => authenticate(ctx, request, own), monotonic),
      trustedProxies: options.trustedProxies,
      webDir: options.webDir ?? WEB_DIR,
      requests,
      refusals,
      stopping: () => stopping !== undefined,
    });
    opening.defer(() => closeHttp(http));
    const bound = await listen(http, host, port);
    address ??= httpAddress(host, bound);
    if (options.announce ?? true) {
      const announced = announce(dataDir, httpAddress(host, bound), token);
      opening.defer(() => announced.withdraw());
    }
    const jobs: JobRunner = createJobRunner(
      { ...ctx, lake: inBackground(lake) },
      createJobs((name) => jobs.wake(name), ingest),
      {
        servers,
        models: () => modelIds(ctx),
        waiting: () => requests.oldestMs() > WAITING_MS,
      },
    );
    opening.defer(() => jobs.stop());
    const deliveries = createDeliveries(ctx);
    if (options.ledgerUrl === undefined) await releaseAll(ctx);
    opening.defer(() => deliveries.stop());
    if (options.jobs ?? true) {
      jobs.start();
      deliveries.start();
    }
    opened = opening.move();
    running = { ctx, ingest, jobs, deliveries, address, port: bound };
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

/** Ids that other servers store are seen through the lake, and what they have under way through the ledger. */
function sharesLake({ lakeUrl, ledgerUrl, sharedLake }: AppOptions): boolean {
  const both = lakeUrl !== undefined && ledgerUrl !== undefined;
  if (sharedLake && !both) {
    throw new TiltmeterError(
      'invalid_option',
      'servers that share a lake share a ledger: TILTMETER_SHARED_LAKE needs TILTMETER_LAKE_URL and TILTMETER_LEDGER_URL',
    );
  }
  return sharedLake ?? both;
}

async function listen(http: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await http.listen({ host, port });
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
