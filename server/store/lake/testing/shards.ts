/**
 * For tests only: a cluster of several shards within one engine. Each shard of `remote_servers` is this engine, so the
 * engine plans and runs every statement over Distributed tables as it does on a cluster; which rows a shard has is
 * settled by a hidden column `_shard`, made of the sharding key, which every read of a table's rows is filtered by and
 * every sorting key begins with. No Keeper and no replicas: `ON CLUSTER` and `Replicated` are taken out of statements.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The name of the cluster. */
export const CLUSTER = 'main';
/** A shard whose port is the server's own is the server itself; nothing listens there. */
const PORT = 9;

/** Writes the engine's configuration of the shards and answers with the argument that makes it read it. */
export async function shardsArgument(dir: string, shards: number): Promise<string> {
  const shard = `<shard><replica><host>127.0.0.1</host><port>${PORT}</port></replica></shard>`;
  const path = join(dir, 'shards.xml');
  await writeFile(
    path,
    `<clickhouse><tcp_port>${PORT}</tcp_port><remote_servers><${CLUSTER}>${shard.repeat(shards)}</${CLUSTER}></remote_servers></clickhouse>`,
  );
  return `--config-file=${path}`;
}

/** Settings that would send a shard's part over the network, or ask for replicas. */
export const OF_REPLICAS = new Set([
  'prefer_localhost_replica',
  'load_balancing',
  'max_replica_delay_for_distributed_queries',
  'insert_quorum',
  'insert_quorum_timeout',
]);

export class Shards {
  readonly #shards: number;
  /** Statements that make the tables with the rows: they wait for the one that says what the key is. */
  readonly #making = new Map<string, string>();
  readonly #tables = new Set<string>();

  constructor(shards: number) {
    this.#shards = shards;
  }

  /** Tables that are there when the server starts. */
  know(tables: readonly string[]): void {
    for (const table of tables) this.#tables.add(table);
  }

  /** The statement as this engine takes it; undefined for one that is still to come. */
  rewrite(sql: string): string | undefined {
    const plain = sql
      .replaceAll(`ON CLUSTER \`${CLUSTER}\``, '')
      .replace(/\bReplicated(\w+)\('[^']*', '\{replica\}'(?:, )?/g, '$1(')
      .replace(/\bMODIFY ORDER BY \(/, 'MODIFY ORDER BY (_shard, ');
    const rows = /^\s*CREATE TABLE (?:IF NOT EXISTS )?tiltmeter\.`?(\w+_local)`?/.exec(plain)?.[1];
    if (rows !== undefined) {
      this.#making.set(rows, plain);
      return undefined;
    }
    const over = /ENGINE = Distributed\(`\w+`, tiltmeter, `(\w+)`, (.+)\)\s*$/.exec(plain);
    const made = over && this.#making.get(over[1]!);
    if (!over || !made) return plain;
    this.#tables.add(over[1]!);
    const name = over[1]!.slice(0, -'_local'.length);
    return `${this.#withShard(made, over[2]!)}; ${plain}; ALTER TABLE tiltmeter.\`${name}\` DROP COLUMN IF EXISTS _shard`;
  }

  /** What each shard may read, as a setting. */
  get filters(): string {
    const own = [...this.#tables].map((table) => `'tiltmeter.${table}': '_shard = shardNum()'`);
    // both shards have the same list of parts
    return `{${[...own, "'system.parts': 'shardNum() < 2'"].join(', ')}}`;
  }

  #withShard(create: string, key: string): string {
    // a row of no key at all has to be on one shard all the same
    const stable = key === 'rand()' ? '0' : key;
    return create
      .replace('(', `(_shard UInt8 MATERIALIZED toUInt8((${stable}) % ${this.#shards} + 1), `)
      .replace(/ORDER BY (\((.*?)\)|tuple\(\)|\w+)/, (_, key, list) => {
        if (list !== undefined) return `ORDER BY (_shard, ${list})`;
        return key === 'tuple()' ? 'ORDER BY _shard' : `ORDER BY (_shard, ${key})`;
      });
  }
}
