/**
 * What every statement says on a cluster of shards, so that it means there what it means on one machine. docs/lake.md
 * explains each of them.
 */
export function clusterSettings(): Record<string, string | number> {
  return {
    // an insert is acknowledged when the rows are on their shard, on as many replicas as the quorum asks for
    distributed_foreground_insert: 1,
    // INSERT … SELECT runs here and sends each row to its shard; each shard by itself would sum up only its own rows
    parallel_distributed_insert_select: 0,
    // a subquery over a table means all of the table, not what lies on the shard that happens to ask
    prefer_global_in_and_join: 1,
    distributed_product_mode: 'deny',
    // all read and write the same replica of a shard while it lives, so that what was acknowledged is seen at once
    load_balancing: 'in_order',
    prefer_localhost_replica: 0,
    // one that was away is not read before it has caught up with what the others were sent meanwhile; seconds
    max_replica_delay_for_distributed_queries: 5,
    // a shard that is away is an error, never an answer without its rows
    skip_unavailable_shards: 0,
    // of the number of shards nothing is concluded: each is asked
    optimize_skip_unused_shards: 0,
    // a server that is away makes good for a change of tables when it is back
    distributed_ddl_task_timeout: 30,
    distributed_ddl_output_mode: 'null_status_on_timeout',
  };
}
