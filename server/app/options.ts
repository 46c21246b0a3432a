import { TiltmeterError } from '../../contract/errors.ts';
import type { Ids, SessionBounds } from '../context.ts';
import type { IngestLimits } from '../events/limits.ts';
import type { ConnectionBounds } from '../http/connections.ts';
import type { Log } from '../log.ts';
import type { MlflowSettings } from '../mlflow/job.ts';
import type { PrometheusOptions } from '../store/prometheus/client.ts';

export interface AppOptions {
  readonly dataDir: string;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** 8765 when absent; 0 takes any free port. */
  readonly port?: number;
  /** Port for OTLP over gRPC, on the same host; 0 takes any free one. None when absent. */
  readonly grpcPort?: number | undefined;
  /** `http(s)://user:password@host:8123/database`: a ClickHouse server instead of the embedded lake. */
  readonly lakeUrl?: string;
  /** `postgres://…` instead of SQLite in the data folder. */
  readonly ledgerUrl?: string;
  /** Other servers write to the same lake; when absent, where both stores have an address. They must share the ledger too. */
  readonly sharedLake?: boolean | undefined;
  /** A key that may do everything, for automation; at least 32 characters. */
  readonly adminKey?: string;
  /** The secret key that secrets are encrypted with and the audit log is chained with, at least 32 characters; former ones behind it. Of the data folder when absent. */
  readonly secretKey?: string;
  /** Public address of the dashboard; made of host and port when absent. */
  readonly address?: string;
  /** Addresses and ranges of reverse proxies, whose `X-Forwarded-For` is believed. Nobody's when absent. */
  readonly trustedProxies?: readonly string[];
  /** Further names of hosts that people and browsers reach it by. */
  readonly hosts?: readonly string[] | undefined;
  /** The MLflow server whose registered models are brought over every ten minutes; none when absent. */
  readonly mlflow?: MlflowSettings | undefined;
  /** A Prometheus whose metrics are read where they were not copied. */
  readonly prometheus?: PrometheusOptions | undefined;
  readonly autoCreateModels?: boolean;
  readonly allowPrivateAddresses?: boolean;
  /** The file that says what is scraped; nothing is when absent. */
  readonly scrapeFile?: string | undefined;
  /** Targets of scrapes may lie in private networks, also where nothing else may. */
  readonly scrapePrivateAddresses?: boolean;
  /** How many connections may be open, where it differs from what is usual. */
  readonly connections?: Partial<ConnectionBounds>;
  /** For how long people stay signed in, where it differs from what is usual. */
  readonly session?: Partial<SessionBounds>;
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

/** Characters of an admin key. */
const ADMIN_KEY_LENGTH = 32;

/** Errors: invalid_option for an admin key that can be guessed; it says how to make another. */
export function requireAdminKey({ adminKey }: Pick<AppOptions, 'adminKey'>): void {
  if (adminKey === undefined || adminKey.length >= ADMIN_KEY_LENGTH) return;
  throw new TiltmeterError(
    'invalid_option',
    `TILTMETER_ADMIN_KEY must have at least ${ADMIN_KEY_LENGTH} characters, and has ${adminKey.length}. Make one with "openssl rand -base64 24", set it here and in the programs that send the old one, and start again: nothing that is stored depends on it`,
  );
}

/** Ids that other servers store are seen through the lake, and what they have under way through the ledger. */
export function sharesLake({ lakeUrl, ledgerUrl, sharedLake }: AppOptions): boolean {
  const both = lakeUrl !== undefined && ledgerUrl !== undefined;
  if (sharedLake && !both) {
    throw new TiltmeterError(
      'invalid_option',
      'servers that share a lake share a ledger: TILTMETER_SHARED_LAKE needs TILTMETER_LAKE_URL and TILTMETER_LEDGER_URL',
    );
  }
  return sharedLake ?? both;
}

/** What to do where OTLP over gRPC cannot be taken. */
export const WITHOUT_GRPC =
  'Set TILTMETER_GRPC_PORT to another port, or to off; OTLP over HTTP is taken all the same';
