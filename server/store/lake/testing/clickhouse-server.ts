/**
 * For tests only: ClickHouse's HTTP interface on top of the embedded engine, so that the cluster driver is tested
 * over a real socket where no server can be had. docs/lake.md says what that proves and what it does not.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { identifier } from '../../../../tables/identifier.ts';
import type { Log } from '../../../log.ts';
import { literal } from '../arrow/structure.ts';
import { engineArguments } from '../drivers/embedded/engine-arguments.ts';
import { HostProcess } from '../drivers/embedded/host-process.ts';
import { EngineError } from '../engine-error.ts';
import { type ClickHouseRequest, readRequest } from './clickhouse-request.ts';
import { CLUSTER, OF_REPLICAS, Shards, shardsArgument } from './shards.ts';

export interface ClickHouseServerOptions {
  /** A folder of its own. */
  readonly dir: string;
  readonly user?: string;
  readonly password?: string;
  readonly maxMemoryBytes?: number;
  /** A cluster `main` of so many shards, which the url then names. None when absent. */
  readonly shards?: number;
  readonly log?: Log;
}

export interface ClickHouseServer {
  /** With user and password, as `lakeUrl` takes it. */
  readonly url: string;
  close(): Promise<void>;
}

const QUIET: Log = { debug() {}, info() {}, warn() {}, error() {} };

export async function startClickHouseServer(options: ClickHouseServerOptions): Promise<ClickHouseServer> {
  const { dir, user = 'default', password = '', maxMemoryBytes = 600 * 1024 * 1024 } = options;
  const spoolDir = join(dir, 'spool');
  const shards = options.shards === undefined ? undefined : new Shards(options.shards);
  await mkdir(spoolDir, { recursive: true });
  const host = await HostProcess.start(
    {
      dir: join(dir, 'lake'),
      spoolDir,
      engineArguments: [
        ...engineArguments(maxMemoryBytes, 2),
        ...(shards === undefined ? [] : [await shardsArgument(dir, options.shards!)]),
      ],
    },
    { everyMs: 1000, silentMs: 60_000 },
    options.log ?? QUIET,
  );
  if (shards) {
    const sql = "SELECT table FROM system.columns WHERE database = 'tiltmeter' AND name = '_shard'";
    const there = Buffer.from(await host.run(sql, 'TabSeparated'));
    shards.know(
      there
        .toString()
        .split('\n')
        .filter((name) => name !== ''),
    );
  }
  /** Settings last on the engine's connections, but only for one request on a server: they are put back. */
  const everSet = new Set<string>();
  let spooled = 0;

  async function execute(request: ClickHouseRequest): Promise<Uint8Array> {
    const assignments = [...everSet]
      .filter((name) => !request.settings.has(name))
      .map((name) => `${name} = DEFAULT`);
    for (const [name, value] of request.settings) {
      if (shards && OF_REPLICAS.has(name)) continue;
      everSet.add(name);
      assignments.push(`${name} = ${/^-?\d+(\.\d+)?$/.test(value) ? value : literal(value)}`);
    }
    for (const [name, value] of request.params) assignments.push(`param_${name} = ${literal(value)}`);
    if (shards) assignments.push(`additional_table_filters = ${shards.filters}`);
    const sql = shards ? shards.rewrite(request.sql) : request.sql;
    if (sql === undefined) return new Uint8Array();
    const set = assignments.length > 0 ? `SET ${assignments.join(', ')}; ` : '';
    const prelude = `USE ${identifier(request.database)}; ${set}`;
    if (!request.rows) return host.run(prelude + sql, request.defaultFormat);

    const file = `${spooled++}.rows`;
    try {
      await writeFile(join(spoolDir, file), request.rows.bytes);
      return await host.run(prelude + insertFromFile(sql, file, request.rows.format), 'Null');
    } finally {
      await rm(join(spoolDir, file), { force: true });
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/ping' || request.url === '/') {
      if (request.method === 'GET') return void response.end('Ok.\n');
    }
    const credentials = credentialsOf(request);
    if (credentials.user !== user || credentials.password !== password)
      throw new EngineError(
        `Code: 516. DB::Exception: ${credentials.user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`,
      );
    const started = performance.now();
    const parsed = await readRequest(request);
    const bytes = await execute(parsed);
    const packed = parsed.compress ? ENCODERS[parsed.compress](bytes) : bytes;
    response.writeHead(200, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-server-display-name': 'tiltmeter-test',
      'x-clickhouse-query-id': parsed.queryId,
      'x-clickhouse-format': /\bFORMAT\s+(\w+)\s*$/i.exec(parsed.sql)?.[1] ?? parsed.defaultFormat,
      'x-clickhouse-timezone': 'UTC',
      'x-clickhouse-summary': JSON.stringify({
        read_rows: '0',
        read_bytes: '0',
        written_rows: '0',
        written_bytes: '0',
        total_rows_to_read: '0',
        result_rows: '0',
        result_bytes: String(bytes.length),
        elapsed_ns: String(Math.round((performance.now() - started) * 1e6)),
      }),
      ...(parsed.compress ? { 'content-encoding': parsed.compress } : {}),
    });
    response.end(packed);
  }

  // an address may be as long as on a server (`http_max_uri_size`)
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
    answer(request, response).catch((error: Error) => {
      const code = error instanceof EngineError ? (error.engineCode ?? 1001) : 1001;
      const text =
        error instanceof EngineError
          ? error.message
          : `Code: 1001. DB::Exception: ${error.message}. (STD_EXCEPTION)`;
      response.writeHead(statusOf(code), {
        'content-type': 'text/plain; charset=UTF-8',
        'x-clickhouse-exception-code': String(code),
      });
      response.end(`${text} (version 26.7.2.1 (official build))\n`);
      request.resume();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}${shards ? `?cluster=${CLUSTER}` : ''}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await host.kill();
    },
  };
}

/** The engine in the process takes no rows behind a statement: they come from a file, read the same way. */
function insertFromFile(sql: string, file: string, format: string): string {
  const input = /\binput\s*\(\s*('(?:[^'\\]|\\[\s\S])*')\s*\)/i;
  if (input.test(sql))
    return sql.replace(input, (_, structure) => `file('${file}', '${format}', ${structure})`);
  return `${sql} FROM INFILE '${file}' FORMAT ${format}`;
}

const ENCODERS = {
  gzip: (bytes: Uint8Array) => zlib.gzipSync(bytes),
  deflate: (bytes: Uint8Array) => zlib.deflateSync(bytes),
  br: (bytes: Uint8Array) => zlib.brotliCompressSync(bytes),
  zstd: (bytes: Uint8Array) => zlib.zstdCompressSync(bytes),
};

function credentialsOf(request: IncomingMessage): { user: string; password: string } {
  const header = request.headers.authorization;
  if (header?.startsWith('Basic ')) {
    const [user, ...password] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
    return { user: user!, password: password.join(':') };
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  return {
    user: String(request.headers['x-clickhouse-user'] ?? url.searchParams.get('user') ?? 'default'),
    password: String(request.headers['x-clickhouse-key'] ?? url.searchParams.get('password') ?? ''),
  };
}

/** The status ClickHouse gives an error of this number. */
function statusOf(code: number): number {
  if ([194, 492, 516].includes(code)) return code === 194 ? 401 : 403;
  if ([60, 81, 46, 16, 47, 36].includes(code)) return code === 36 || code === 16 || code === 47 ? 400 : 404;
  if ([62, 6, 27, 41, 53, 69, 72, 456, 457, 130].includes(code)) return 400;
  if (code === 159) return 408;
  return 500;
}
