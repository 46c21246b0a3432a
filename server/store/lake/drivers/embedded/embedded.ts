import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TiltmeterError } from '../../../../../contract/errors.ts';
import type { Log } from '../../../../log.ts';
import { arrowStructure, literal } from '../../arrow/structure.ts';
import { EngineError, lakeError, type Statement } from '../../engine-error.ts';
import type { InsertBatch, Lake, LakeParam, QueryOptions } from '../../lake.ts';
import { Lane } from '../../lane.ts';
import { statementSettings } from '../../limits.ts';
import { boundNames, parameterText } from '../../parameter.ts';
import { ROW_FORMAT, ROW_FORMAT_SETTINGS, rowsFromColumns } from '../../rows.ts';
import { insertStatement } from '../../statement.ts';
import { engineArguments, GRANTS } from './engine-arguments.ts';
import { type HeartbeatOptions, HostGone, type Opening } from './host-process.ts';
import { requirePlatform } from './platform.ts';
import { refuseOutside } from './refuse-outside.ts';
import { RESERVE_BYTES, requireRoom } from './room.ts';
import { HostSupervisor } from './supervisor.ts';

export interface EmbeddedOptions {
  /** The data folder; the lake takes `<dir>/lake` and `<dir>/spool`. */
  readonly dir: string;
  readonly log: Log;
  /** Ceiling of the engine's own memory in bytes; the host process needs about 250 MB more. Default 600 MiB. */
  readonly maxMemoryBytes?: number;
  readonly threads?: number;
  readonly heartbeat?: HeartbeatOptions;
  /** How long the engine may take to open its folder. */
  readonly opening?: Opening;
  /** Told when the host had ended and is there again, after so many milliseconds. */
  readonly onReturn?: (awayMs: number) => void;
  /** Statements that may wait per lane before new ones are refused. */
  readonly queueDepth?: number;
  /** Less free disk than this is a full disk. */
  readonly reserveBytes?: number;
  /** How long `close` waits for running statements. */
  readonly drainMs?: number;
}

export interface LakeStats {
  /** Process id of the host, while there is one. */
  readonly pid: number | undefined;
  /** Resident memory of the host at its last heartbeat, in bytes. */
  readonly rss: number;
  /** How often the host was started again. */
  readonly restarts: number;
  readonly running: number;
  readonly waiting: number;
}

export interface EmbeddedLake extends Lake {
  stats(): LakeStats;
}

/** So long after rows were sent more are expected: a roll-up then has one statement at a time, and memory for it and for them is enough. */
const ARRIVING_MS = 1_000;

/**
 * Opens the lake in the data folder: the engine in a supervised child process. Rejects with data_folder_locked when
 * another process holds the folder, unsupported_platform where the engine does not run, invalid_option for a path that the
 * engine would read as a pattern.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedLake> {
  requirePlatform();
  // The host works in the spool folder: a relative path would lead to another place there.
  const dir = resolve(options.dir);
  const { log } = options;
  if (/[*?{}]/.test(dir))
    throw new TiltmeterError('invalid_option', 'The path of the data folder may not contain *, ?, { or }');
  const maxMemory = options.maxMemoryBytes ?? 600 * 1024 * 1024;
  const spoolDir = join(dir, 'spool');
  await mkdir(spoolDir, { recursive: true });

  const supervisor = new HostSupervisor(
    {
      dir: join(dir, 'lake'),
      spoolDir,
      engineArguments: [...engineArguments(maxMemory, options.threads ?? 2), GRANTS],
    },
    options.heartbeat ?? { everyMs: 1000, silentMs: 15_000 },
    log,
    options.opening,
    options.onReturn,
  );
  await supervisor.start();
  // what a killed server left behind was never acknowledged
  for (const file of await readdir(spoolDir))
    if (file.endsWith('.arrow')) await rm(join(spoolDir, file), { force: true });

  const reserve = options.reserveBytes ?? RESERVE_BYTES;
  const depth = options.queueDepth ?? 256;
  let arrived = Number.NEGATIVE_INFINITY;
  // readers, inserts and DDL never wait for one another, and nobody for the background
  const lanes: Record<Statement, Lane> = {
    query: new Lane({ width: 2, depth }),
    insert: new Lane({ width: 2, depth }),
    command: new Lane({ width: 2, depth, busy: () => performance.now() - arrived < ARRIVING_MS }),
  };
  const memory = { statement: Math.floor(maxMemory / 2), threads: options.threads ?? 2 };
  let closing: Promise<void> | undefined;
  let spooled = 0;

  async function attempt(statement: Statement, sql: string, format: string): Promise<Uint8Array> {
    refuseOutside(sql);
    try {
      const host = await supervisor.host();
      return await host.run(sql, format);
    } catch (error) {
      if (error instanceof EngineError) throw lakeError(error, statement);
      throw error;
    }
  }

  /** A read is asked again when the host died under it; whether an insert took effect is for the caller to settle. */
  async function run(statement: Statement, sql: string, format: string): Promise<Uint8Array> {
    try {
      try {
        return await attempt(statement, sql, format);
      } catch (error) {
        if (!(error instanceof HostGone) || statement !== 'query' || closing) throw error;
        return await attempt(statement, sql, format);
      }
    } catch (error) {
      if (!(error instanceof HostGone)) throw error;
      throw new TiltmeterError('store_unavailable', undefined, { cause: error, retryAfter: 1 });
    }
  }

  function enter<Result>(
    statement: Statement,
    options: QueryOptions | undefined,
    task: () => Promise<Result>,
  ): Promise<Result> {
    if (closing)
      return Promise.reject(
        new TiltmeterError('store_unavailable', 'The store is closed', { retryAfter: 5 }),
      );
    return lanes[statement].run(task, options?.background, options?.of);
  }

  return {
    async query<Row>(sql: string, params?: Record<string, LakeParam>, limits?: QueryOptions) {
      const prelude = setStatement(
        { ...statementSettings('query', memory, limits), ...ROW_FORMAT_SETTINGS },
        boundNames(sql, params),
      );
      const bytes = await enter('query', limits, () => run('query', prelude + sql, ROW_FORMAT));
      return rowsFromColumns<Row>(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
      );
    },

    async command(sql, params, limits) {
      const prelude = setStatement(statementSettings('command', memory, limits), boundNames(sql, params));
      await enter('command', limits, async () => {
        await requireRoom(dir, reserve, sql);
        await run('command', prelude + sql, 'Null');
      });
    },

    async insert(batch: InsertBatch, options?: QueryOptions) {
      if (batch.rows === 0) return;
      arrived = performance.now();
      await enter('insert', options, async () => {
        const file = `${process.pid}-${spooled++}.arrow`;
        const path = join(spoolDir, file);
        try {
          // Each wait is a round of a busy event loop: these are had at the same time, and nobody waits for the file to be gone.
          const ready = await Promise.allSettled([requireRoom(dir, reserve), writeFile(path, batch.arrow)]);
          for (const each of ready) if (each.status === 'rejected') throw each.reason;
          const sql = insertStatement(
            batch,
            `file('${file}', 'ArrowStream', ${literal(arrowStructure(batch.arrow))})`,
          );
          await run('insert', setStatement(statementSettings('insert', memory, options)) + sql, 'Null');
        } catch (error) {
          throw spoolError(error);
        } finally {
          void rm(path, { force: true }).catch((err: unknown) =>
            log.warn({ err, file: path }, 'what was inserted could not be removed; the next start does'),
          );
        }
      });
    },

    close() {
      closing ??= Promise.race([
        Promise.all(Object.values(lanes).map((lane) => lane.idle())),
        delay(options.drainMs ?? 15_000, undefined, { ref: false }),
      ]).then(() => supervisor.close());
      return closing;
    },

    stats() {
      const all = Object.values(lanes);
      return {
        ...supervisor.stats(),
        running: all.reduce((sum, lane) => sum + lane.running, 0),
        waiting: all.reduce((sum, lane) => sum + lane.waiting, 0),
      };
    },
  };
}

/**
 * `SET a = 1, param_b = '…'; `, put before a statement on the same connection. The binding of the library itself goes
 * through one queue for the whole process, so that a slow question would hold up every other one.
 */
function setStatement(settings: Record<string, number>, params: Record<string, LakeParam> = {}): string {
  const assignments = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  for (const [name, value] of Object.entries(params))
    assignments.push(`param_${name} = ${literal(parameterText(value))}`);
  return `SET ${assignments.join(', ')}; `;
}

function spoolError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new TiltmeterError('disk_full', undefined, { cause: error, retryAfter: 10 });
  return error;
}
