import type { Statement } from './engine-error.ts';
import type { QueryOptions } from './lake.ts';

/** Bounds of one statement when the caller gives none. */
export const DEFAULT_LIMITS = {
  query: { maxSeconds: 30 },
  command: { maxSeconds: 300 },
  insert: { maxSeconds: 60 },
} as const satisfies Record<Statement, { maxSeconds: number }>;

export interface StatementBounds {
  /** Bytes one statement may use when it does not say otherwise. */
  readonly statement: number;
  /** Threads one statement may use; the engine's own setting when absent. */
  readonly threads?: number;
}

/** The settings every statement carries, in both drivers: abort and client timeouts do not stop the engine, these do. */
export function statementSettings(
  statement: Statement,
  memory: StatementBounds,
  options: QueryOptions = {},
): Record<string, number> {
  const maxMemory = Math.floor(options.maxMemoryBytes ?? memory.statement);
  return {
    max_execution_time: options.maxSeconds ?? DEFAULT_LIMITS[statement].maxSeconds,
    max_memory_usage: maxMemory,
    os_thread_priority: options.background ? NICE.background : NICE[statement],
    ...threads(memory, options),
    // sorting and grouping go to disk before they fail
    max_bytes_before_external_group_by: Math.floor(maxMemory / 2),
    max_bytes_before_external_sort: Math.floor(maxMemory / 2),
    // an answer is held as text by the server and by the caller (the embedded engine goes by the memory alone)
    max_result_bytes: statement === 'query' ? 64 * 1024 * 1024 : 0,
    // events may come from many months at once
    max_partitions_per_insert_block: 0,
    ...(statement === 'insert' ? ONE_BLOCK : {}),
  };
}

/** Work in the background takes one thread. A setting stays on its connection, so the others say how many they take. */
function threads({ threads }: StatementBounds, { background }: QueryOptions): Record<string, number> {
  if (background) return { max_threads: 1 };
  return threads === undefined ? {} : { max_threads: threads };
}

/**
 * Nice values of the engine's threads; without the capability CAP_SYS_NICE they change nothing. What arrives comes before what is asked: who
 * asks much must not keep senders waiting. What is done behind them gets what they leave, and a fifteenth of a processor that they want
 * whole: less would be a monitor that stands still under load. None is 0: that leaves a thread as the statement before left it.
 */
const NICE = { insert: 1, command: 1, query: 6, background: 14 };

/** A batch is one block, so that it is stored as a whole or not at all. */
const ONE_BLOCK = {
  min_insert_block_size_rows: 16_777_216,
  min_insert_block_size_bytes: 1_073_741_824,
  max_insert_threads: 1,
};
