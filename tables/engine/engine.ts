import { join } from 'node:path';
import type { Session } from 'chdb';

export interface EngineOptions {
  readonly threads: number;
  readonly maxMemoryBytes: number;
  /** Where it keeps what it writes aside; a folder of its own in the system's when absent. */
  readonly folder?: string;
}

/**
 * The column engine, in this process, for one command: it reads files by itself, in one pass, with bounded memory.
 * Statements run one after another; after a failed one the connection is flushed, because a failed statement's partial
 * output would otherwise appear in the next result.
 */
export class Engine {
  readonly #options: EngineOptions;
  #session: Session | null = null;
  /** The statement before the next one, whatever became of it. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** The library is large: it is loaded with the first statement, which a table that is read without it never asks for. */
  async #opened(): Promise<Session> {
    if (this.#session !== null) return this.#session;
    const { Session } = await import('chdb');
    const options = this.#options;
    this.#session ??= new Session(options.folder === undefined ? undefined : join(options.folder, 'engine'), {
      connectionArgs: [
        `--max_threads=${options.threads}`,
        // Decoding keeps up with fewer threads than counting needs.
        `--max_parsing_threads=${Math.max(1, options.threads - 1)}`,
        `--max_server_memory_usage=${options.maxMemoryBytes}`,
        // Otherwise the limit above leaves one thread: the engine wants a gigabyte for each.
        '--max_threads_min_free_memory_per_thread=0',
        // Mapped files would count as this process's memory.
        '--storage_file_read_method=pread',
        // What is read ahead, and how much of it is one piece of work: small enough to stay near the processor.
        '--input_format_parquet_memory_high_watermark=100000000',
        '--input_format_parquet_max_block_size=16384',
        '--async_load_databases=0',
        '--compile_expressions=0',
        '--compile_aggregate_expressions=0',
        // A statement names every column several times.
        '--max_query_size=1000000000',
        '--max_ast_elements=100000000',
        '--max_expanded_ast_elements=100000000',
        '--output_format_json_named_tuples_as_objects=0',
        '--output_format_json_quote_64bit_integers=0',
      ],
    });
    return this.#session;
  }

  /** Rows as arrays in the order of the SELECT; integers of 64 bits as numbers. */
  async rows<Row extends unknown[]>(sql: string): Promise<Row[]> {
    const text = (await this.#run(sql, 'JSONCompactEachRow')).text();
    return text === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Row);
  }

  /** The result as RowBinary, for `RowBinaryReader`. */
  async binary(sql: string): Promise<Uint8Array> {
    return (await this.#run(sql, 'RowBinary')).bytes();
  }

  /**
   * Rows in blocks as they come, never all at once, integers of 64 bits as text. No other statement may be run before the end: one
   * beside an open stream would find nothing.
   */
  async *stream<Row extends unknown[]>(sql: string): AsyncGenerator<Row[]> {
    const stream = (await this.#opened()).queryStream(sql, { format: 'JSONCompactEachRow' });
    let rest = '';
    try {
      for await (const chunk of stream) {
        const lines = (rest + chunk.text()).split('\n');
        rest = lines.pop()!;
        yield lines.map((line) => JSON.parse(line) as Row);
      }
    } catch (cause) {
      throw new EngineFailure(cause);
    } finally {
      stream.cancel();
    }
  }

  /** In turn: one statement at a time, also of several that are asked for at once. */
  #run(sql: string, format: string) {
    const run = this.#last.then(() => this.#runNow(sql, format));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #runNow(sql: string, format: string) {
    const session = await this.#opened();
    try {
      return await session.queryAsync(sql, { format });
    } catch (cause) {
      await session.queryAsync('SELECT 1', { format: 'Null' }).catch(() => undefined);
      throw new EngineFailure(cause);
    }
  }

  close(): void {
    this.#session?.close();
  }
}

/** A statement that failed. What the engine said of it names its own parts and paths: it is no message for people. */
export class EngineFailure extends Error {
  readonly said: string;

  constructor(cause: unknown) {
    super('the column engine refused a statement, which is a defect of Tiltmeter', { cause });
    this.name = 'EngineFailure';
    this.said = cause instanceof Error ? cause.message : String(cause);
  }
}
