import { Readable } from 'node:stream';
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { TiltmeterError } from '../../../../../contract/errors.ts';
import { arrowStructure, literal } from '../../arrow/structure.ts';
import { EngineError, lakeError, type Statement } from '../../engine-error.ts';
import type { InsertBatch, Lake, LakeParam, QueryOptions } from '../../lake.ts';
import { Lane } from '../../lane.ts';
import { DEFAULT_LIMITS, statementSettings } from '../../limits.ts';
import { boundNames, parameterText } from '../../parameter.ts';
import { ROW_FORMAT, ROW_FORMAT_SETTINGS, rowsFromColumns } from '../../rows.ts';
import { insertStatement } from '../../statement.ts';
import { clusterSettings } from './cluster-settings.ts';
import { parseLakeUrl } from './lake-url.ts';
import { askedOnce, quorumFor, quorumSettings, REPLICAS } from './quorum.ts';

export interface ClusterOptions {
  /** `http(s)://user:password@host:8123`, with `?cluster=name` for tables over its shards. */
  readonly url: string;
  /** Bytes one statement may use on the server. Default 4 GiB. */
  readonly statementMemoryBytes?: number;
  readonly queueDepth?: number;
  /** How long `close` waits for running statements. */
  readonly drainMs?: number;
}

/**
 * The lake on a ClickHouse server. Rejects with invalid_option when the address cannot be used; whether the server
 * answers shows with the first statement.
 */
export function openCluster(options: ClusterOptions): Lake {
  const { url, username, password, cluster, quorum } = parseLakeUrl(options.url);
  const client = createClient({
    url,
    username,
    password,
    application: 'tiltmeter',
    max_open_connections: 16,
    request_timeout: 0,
    // below the server's 10 s (3 s before 23.11), so that no request goes into a socket that is being closed
    keep_alive: { enabled: true, idle_socket_ttl: 2000, eagerly_destroy_stale_sockets: true },
    compression: { request: { codec: 'zstd', level: 1 }, response: { codec: 'zstd' } },
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
    // an answer is complete or an error, never half of one after a 200
    clickhouse_settings: {
      wait_end_of_query: 1,
      http_write_exception_in_output_format: 0,
      async_insert: 0,
      max_query_size: String(16 * 1024 * 1024),
      ...(cluster === undefined ? {} : clusterSettings()),
    },
  });
  const depth = options.queueDepth ?? 256;
  const lanes: Record<Statement, Lane> = {
    query: new Lane({ width: 8, depth }),
    insert: new Lane({ width: 4, depth }),
    command: new Lane({ width: 4, depth }),
  };
  const memory = { statement: options.statementMemoryBytes ?? 4 * 1024 ** 3 };
  /** What statements that write say beyond that: a quorum goes by the replicas that the cluster has. */
  const writing = askedOnce(async () => {
    if (cluster === undefined) return {};
    if (quorum !== undefined) return quorumSettings(quorum);
    const answer = await client.query({ query: REPLICAS, format: 'JSONEachRow', query_params: { cluster } });
    const [row] = await answer.json<{ replicas: number }>();
    return quorumSettings(quorumFor(Number(row?.replicas ?? 1)));
  });
  const stopped = new AbortController();
  let closing: Promise<void> | undefined;

  async function enter<Result>(
    statement: Statement,
    limits: QueryOptions | undefined,
    task: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (closing) throw new TiltmeterError('store_unavailable', 'The store is closed', { retryAfter: 5 });
    // the server ends a statement at its limit; this is for a server that does not answer at all
    const patienceMs = ((limits?.maxSeconds ?? DEFAULT_LIMITS[statement].maxSeconds) + 15) * 1000;
    return lanes[statement].run(
      async () => {
        try {
          return await task(AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMs)]));
        } catch (error) {
          throw clusterError(error, statement);
        }
      },
      limits?.background,
      limits?.of,
    );
  }

  return {
    cluster,

    async query<Row>(sql: string, params?: Record<string, LakeParam>, limits?: QueryOptions) {
      const query_params = boundNames(sql, params);
      const text = await enter('query', limits, async (abort_signal) => {
        const answer = await client.query({
          query: sql,
          format: ROW_FORMAT as 'JSONColumnsWithMetadata',
          query_params,
          abort_signal,
          clickhouse_settings: { ...statementSettings('query', memory, limits), ...ROW_FORMAT_SETTINGS },
        });
        return answer.text();
      });
      return rowsFromColumns<Row>(text);
    },

    async command(sql, params, limits) {
      const query_params = boundNames(sql, params);
      await enter('command', limits, async (abort_signal) => {
        const clickhouse_settings = { ...statementSettings('command', memory, limits), ...(await writing()) };
        if (!isLong(query_params))
          return void (await client.command({ query: sql, query_params, abort_signal, clickhouse_settings }));
        // values that are too long for an address go as a form, which the client knows for queries only
        const format = 'Null' as 'JSON';
        const form = { query_params, use_multipart_params: true };
        const answer = await client.query({ query: sql, format, ...form, abort_signal, clickhouse_settings });
        await answer.text();
      });
    },

    async insert(batch: InsertBatch, options?: QueryOptions) {
      if (batch.rows === 0) return;
      const source = `input(${literal(arrowStructure(batch.arrow))})`;
      const head = Buffer.from(`${insertStatement(batch, source)} FORMAT ArrowStream\n`);
      await enter('insert', options, async (abort_signal) => {
        const { stream } = await client.exec({
          // a statement that names a thousand columns is too long for an address: it goes before its rows
          query: '',
          values: Readable.from([head, batch.arrow]),
          abort_signal,
          clickhouse_settings: { ...statementSettings('insert', memory, options), ...(await writing()) },
        });
        for await (const _ of stream);
      });
    },

    close() {
      closing ??= (async () => {
        const patience = setTimeout(() => stopped.abort(), options.drainMs ?? 15_000);
        await Promise.all(Object.values(lanes).map((lane) => lane.idle()));
        clearTimeout(patience);
        await client.close();
      })();
      return closing;
    },
  };
}

/** Whether values are too long for an address; proxies take 8 KB of one. */
function isLong(values: Record<string, LakeParam>): boolean {
  return Object.values(values).reduce((sum: number, value) => sum + parameterText(value).length, 0) > 4000;
}

/** What is not an answer of the engine is a server that cannot be reached, or a proxy that speaks for it. */
function clusterError(error: unknown, statement: Statement): unknown {
  if (error instanceof TiltmeterError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ClickHouseError)
    return lakeError(new EngineError(`Code: ${error.code}. ${message}`, Number(error.code)), statement);
  return new TiltmeterError('store_unavailable', undefined, { cause: error, retryAfter: 2 });
}
