/** How many replicas the shards of a cluster have: the fewest that any of them has. */
export const REPLICAS = `SELECT min(replicas) AS replicas
  FROM (SELECT count() AS replicas FROM system.clusters WHERE cluster = {cluster:String} GROUP BY shard_num)`;

/**
 * Replicas that have to have a row before it is acknowledged. With three or more most of them, so that one may be away
 * and no row was on one disk alone; most of two would be both, and then the second replica would stop the way in as
 * often as it could save it: there it is one. `quorumFor(2)` → '1', `quorumFor(3)` → 'auto'
 */
export function quorumFor(replicas: number): string {
  return replicas >= 3 ? 'auto' : '1';
}

/** What an insert says of it. */
export function quorumSettings(quorum: string): Record<string, string | number> {
  return { insert_quorum: quorum, insert_quorum_timeout: 60_000 };
}

/** Asks once; after a failure the next one asks again. */
export function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().catch((error) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
