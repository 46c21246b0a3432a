import { join } from 'node:path';

const MIB = 1024 * 1024;

/** What tables have that do not say otherwise cannot be given as arguments. */
const TABLES = join(import.meta.dirname, 'engine.xml');

/** What statements may do, so that one that somebody broke out of would reach no address and write no file. */
export const GRANTS = `--users_config=${join(import.meta.dirname, 'users.xml')}`;

/**
 * Arguments of the engine for one small machine. ClickHouse's own defaults are those of a server with a machine to
 * itself: caches of gigabytes and threads by the hundred.
 */
export function engineArguments(maxMemoryBytes: number, threads: number): string[] {
  const settings: Record<string, number> = {
    max_server_memory_usage: maxMemoryBytes,
    max_memory_usage: Math.floor(maxMemoryBytes / 2),
    max_threads: threads,
    // else a statement gets one thread per free gigabyte, so one: reading a year of signals took twice as long
    max_threads_min_free_memory_per_thread: 0,
    // a list of ids to look up is part of the statement
    max_query_size: 64 * MIB,
    // a bare expression is no statement, as on a server
    implicit_select: 0,
    mark_cache_size: 32 * MIB,
    primary_index_cache_size: 16 * MIB,
    index_mark_cache_size: 8 * MIB,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    query_condition_cache_size: 8 * MIB,
    compiled_expression_cache_size: 8 * MIB,
    mmap_cache_size: 64,
    background_pool_size: 2,
    // behind what arrives (see NICE in limits.ts): a sender that makes much to be merged must not keep others waiting
    os_threads_nice_value_merge_mutate: 12,
    // no new merge while the running ones use this much: rows that arrive come first
    merges_mutations_memory_usage_soft_limit: Math.floor(maxMemoryBytes / 4),
    max_thread_pool_size: 256,
    max_io_thread_pool_size: 8,
  };
  return [
    `--config-file=${TABLES}`,
    ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
  ];
}
