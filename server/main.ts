import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import ipaddr from 'ipaddr.js';
import { CANNOT_START, ERRORS, TiltmeterError } from '../contract/errors.ts';
import { WITHOUT_GRPC } from './app/options.ts';
import type { AppOptions } from './app.ts';
import type { SessionBounds } from './context.ts';
import type { IngestLimits } from './events/limits.ts';
import type { ConnectionBounds } from './http/connections.ts';
import { createLog, LOG_LEVELS, type LogLevel } from './log.ts';
import type { MlflowSettings } from './mlflow/job.ts';
import { ownQueries } from './store/prometheus/own-queries.ts';

/** What may be said on the command line; it wins over the environment. */
export interface ServeFlags {
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly data?: string | undefined;
}

export { openToOthers } from './data-folder.ts';
export { lastServer } from './running.ts';
export { rotateSecretKey } from './secret-key.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Options of the server from flags and TILTMETER_* variables. Errors: invalid_option. */
export function appOptions(flags: ServeFlags, env: Environment): AppOptions {
  const given = (name: string): string | undefined => setting(env, `TILTMETER_${name}`);
  const level = given('LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(level as LogLevel)) {
    throw new TiltmeterError('invalid_option', `TILTMETER_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  }
  const lakeUrl = given('LAKE_URL');
  if (lakeUrl !== undefined && !/^https?:\/\//.test(lakeUrl)) {
    throw new TiltmeterError('invalid_option', 'TILTMETER_LAKE_URL must begin with http:// or https://');
  }
  const address = given('ADDRESS');
  if (address !== undefined && !(URL.canParse(address) && /^https?:/.test(address))) {
    throw new TiltmeterError(
      'invalid_option',
      'TILTMETER_ADDRESS must be like https://tiltmeter.example.org',
    );
  }
  return {
    dataDir: flags.data ?? given('DATA') ?? './tiltmeter-data',
    host: flags.host ?? given('HOST') ?? '127.0.0.1',
    port: portNumber(flags.port ?? given('PORT') ?? 8765),
    grpcPort: grpcPort(given('GRPC_PORT')),
    lakeUrl,
    ledgerUrl: given('LEDGER_URL'),
    sharedLake: onOff('SHARED_LAKE', given('SHARED_LAKE'), undefined),
    limits: ingestLimits(given),
    prometheus: prometheus(given),
    adminKey: given('ADMIN_KEY'),
    secretKey: given('SECRET_KEY'),
    address,
    hosts: hostNames(given('HOSTS')),
    trustedProxies: proxies(given('TRUSTED_PROXIES')),
    mlflow: mlflowSettings(given),
    autoCreateModels: onOff('AUTO_CREATE_MODELS', given('AUTO_CREATE_MODELS'), true),
    allowPrivateAddresses: onOff('ALLOW_PRIVATE_ADDRESSES', given('ALLOW_PRIVATE_ADDRESSES'), false),
    scrapeFile: given('SCRAPE_FILE'),
    scrapePrivateAddresses: onOff('SCRAPE_PRIVATE_ADDRESSES', given('SCRAPE_PRIVATE_ADDRESSES'), false),
    session: sessionBounds(given),
    connections: connectionBounds(given),
    log: createLog(level as LogLevel),
  };
}

/**
 * A variable, or what is in the file that `…_FILE` names, without the end of its last line. An empty file is a secret that was not there in time: with
 * none a server would start on another ledger, or under a key of its own.
 */
function setting(env: Environment, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (env[name] || !file) return env[name] || undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    const why = (error as Error).message;
    throw new TiltmeterError('invalid_option', `${name}_FILE cannot be read: ${why}`, { cause: error });
  }
  if (text === '') throw new TiltmeterError('invalid_option', `${name}_FILE is empty: ${file}`);
  return text;
}

/** Where metrics are read that were not copied, with what they are asked for beside the usual. */
function prometheus(given: (name: string) => string | undefined): AppOptions['prometheus'] {
  const url = given('PROMETHEUS_URL');
  if (url === undefined) return undefined;
  if (!(URL.canParse(url) && /^https?:/.test(url)))
    throw new TiltmeterError(
      'invalid_option',
      'TILTMETER_PROMETHEUS_URL must be like https://prometheus.example.org',
    );
  const queries = given('PROMETHEUS_QUERIES');
  return {
    url,
    token: given('PROMETHEUS_TOKEN'),
    own: queries === undefined ? [] : ownQueries(queries),
  };
}

function portNumber(text: string | number, name = 'port'): number {
  const port = Number(text);
  if (String(text).trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TiltmeterError('invalid_option', `${name} must be a number from 0 to 65535, not "${text}"`);
}

/** Where the protocol has it, unless it is switched off. */
function grpcPort(text = '4317'): number | undefined {
  return text === 'off' ? undefined : portNumber(text, 'TILTMETER_GRPC_PORT');
}

/** Names of hosts, without ports. */
function hostNames(list: string | undefined): string[] | undefined {
  const all = list?.split(',').map((one) => one.trim().toLowerCase());
  const wrong = all?.find((one) => !/^[\w-]+(\.[\w-]+)*$/.test(one));
  if (wrong === undefined) return all;
  throw new TiltmeterError(
    'invalid_option',
    `TILTMETER_HOSTS must be names like tiltmeter,tiltmeter.internal, and "${wrong}" is none`,
  );
}

/** Addresses and ranges, as text and one by one. */
function proxies(list: string | undefined): string[] | undefined {
  const all = list?.split(',').map((one) => one.trim());
  const wrong = all?.find((one) => !ipaddr.isValid(one) && !ipaddr.isValidCIDR(one));
  if (wrong === undefined) return all;
  throw new TiltmeterError(
    'invalid_option',
    `TILTMETER_TRUSTED_PROXIES must be addresses or ranges like 10.0.0.1,10.1.0.0/16, and "${wrong}" is neither`,
  );
}

/** For how long ids are known and the memory for them; what a request may hold; what a key may make. */
function ingestLimits(given: (name: string) => string | undefined): Partial<IngestLimits> {
  const days = wholeNumber('REPEAT_DAYS', given('REPEAT_DAYS'), 366);
  const megabytes = wholeNumber('REPEAT_MEMORY_MB', given('REPEAT_MEMORY_MB'), 65_536);
  const body = wholeNumber('BODY_MB', given('BODY_MB'), 64);
  const models = wholeNumber('NEW_MODELS_PER_HOUR', given('NEW_MODELS_PER_HOUR'), 1_000_000);
  const columns = wholeNumber('NEW_COLUMNS_PER_HOUR', given('NEW_COLUMNS_PER_HOUR'), 1_000_000);
  return {
    ...(body === undefined ? {} : { bodyBytes: body * 1024 * 1024 }),
    ...(models === undefined ? {} : { newModelsPerHour: models }),
    ...(columns === undefined ? {} : { newColumnsPerHour: columns }),
    ...(days === undefined ? {} : { repeatMs: days * 86_400_000 }),
    ...(megabytes === undefined ? {} : { idBytes: megabytes * 1024 * 1024 }),
  };
}

/** Where MLflow is and how it is asked; undefined where nobody said. */
function mlflowSettings(given: (name: string) => string | undefined): MlflowSettings | undefined {
  const trackingUri = given('MLFLOW_URL');
  if (trackingUri === undefined) return undefined;
  const url = URL.canParse(trackingUri) ? new URL(trackingUri) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new TiltmeterError(
      'invalid_option',
      'TILTMETER_MLFLOW_URL must be like https://mlflow.example.org, without a password: give that with TILTMETER_MLFLOW_USER and TILTMETER_MLFLOW_PASSWORD',
    );
  const [token, user, password] = [given('MLFLOW_TOKEN'), given('MLFLOW_USER'), given('MLFLOW_PASSWORD')];
  const writeBack = onOff('MLFLOW_WRITE_BACK', given('MLFLOW_WRITE_BACK'), false);
  const privateAddresses = onOff('MLFLOW_PRIVATE_ADDRESSES', given('MLFLOW_PRIVATE_ADDRESSES'), false);
  return { trackingUri, credentials: { token, user, password }, writeBack, privateAddresses };
}

/** For how long people stay signed in. */
function sessionBounds(given: (name: string) => string | undefined): Partial<SessionBounds> {
  const idle = wholeNumber('SESSION_IDLE_HOURS', given('SESSION_IDLE_HOURS'), 8_784);
  const max = wholeNumber('SESSION_HOURS', given('SESSION_HOURS'), 8_784);
  return {
    ...(idle === undefined ? {} : { idleMs: idle * 3_600_000 }),
    ...(max === undefined ? {} : { maxMs: max * 3_600_000 }),
  };
}

/** How many connections may be open. */
function connectionBounds(given: (name: string) => string | undefined): Partial<ConnectionBounds> {
  const most = wholeNumber('CONNECTIONS', given('CONNECTIONS'), 1_000_000);
  const mostOfAddress = wholeNumber('CONNECTIONS_PER_ADDRESS', given('CONNECTIONS_PER_ADDRESS'), 1_000_000);
  return {
    ...(most === undefined ? {} : { most }),
    ...(mostOfAddress === undefined ? {} : { mostOfAddress }),
  };
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new TiltmeterError(
    'invalid_option',
    `TILTMETER_${name} must be a whole number from 1 to ${most}, not "${text}"`,
  );
}

function onOff<T>(name: string, value: string | undefined, otherwise: T): boolean | T {
  if (value === undefined) return otherwise;
  if (value === '1' || value === 'true') return true;
  if (value === '0' || value === 'false') return false;
  throw new TiltmeterError('invalid_option', `TILTMETER_${name} must be 1 or 0, not "${value}"`);
}

/**
 * Runs the server until SIGINT or SIGTERM and resolves when it has stopped. Prints the address, and a one-time admin
 * link as long as nobody has ever signed in. Errors: those of App.start, and invalid_option.
 */
export async function serve(
  flags: ServeFlags,
  env: Environment,
  print: (line: string) => void,
): Promise<void> {
  const options = appOptions(flags, env);
  outliveReaders();
  // Commands that only ask something of this file do not wait for the whole server to be read.
  const { createApp } = await import('./app.ts');
  const app = createApp(options);
  await app.start();
  // Whoever stops it as soon as it says that it listens has it end in order, too.
  const stopped = stopSignal();
  print(`Tiltmeter listens on ${app.address}`);
  const { grpcPort } = options;
  if (app.grpcPort !== undefined) print(`OTLP over gRPC: port ${app.grpcPort}`);
  else if (grpcPort !== undefined) print(`Port ${grpcPort} is taken: no OTLP over gRPC. ${WITHOUT_GRPC}.`);
  if (!app.hasDashboard) {
    print('The dashboard is not built: the API works, pages do not. In a checkout: npm run build:web');
  }
  if (!(await app.signedInBefore())) {
    print(`Sign in as admin, once, within a day: ${await app.adminLink()}`);
  } else {
    print('A new link to sign in with: tiltmeter login-link (in a checkout: npx tiltmeter login-link)');
  }
  const defect = (err: unknown) => options.log?.error({ err }, 'a failure that nothing caught');
  process.on('unhandledRejection', defect);
  try {
    await stopped;
    print('Stopping; what was acknowledged is stored.');
    await app.stop();
  } finally {
    process.off('unhandledRejection', defect);
  }
}

/** Whoever reads what is printed may go away (`tiltmeter serve | head -1`, a log shipper that restarts): the service stays. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.removeAllListeners('error');
    stream.on('error', () => {});
  }
}

/** Resolves at the first signal; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.once(signal, () => {
        resolve();
        for (const again of signals) process.once(again, () => process.exit(1));
      });
    }
  });
}

async function main(): Promise<void> {
  try {
    const options = { host: { type: 'string' }, port: { type: 'string' }, data: { type: 'string' } } as const;
    const { values } = parseArgs({ options });
    await serve(values, process.env, (line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    const code = error instanceof TiltmeterError ? error.code : undefined;
    const hint = code === undefined ? 'See docs/operating.md.' : ERRORS[code].hint;
    process.stderr.write(`tiltmeter: ${(error as Error).message}\n  ${hint}\n`);
    const misused = String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
    process.exitCode = misused || CANNOT_START.has(String(code)) ? 2 : 1;
  }
}

if (import.meta.main) {
  process.umask(0o077);
  await main();
}
