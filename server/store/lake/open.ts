import type { Log } from '../../context.ts';
import { openCluster } from './drivers/cluster/cluster.ts';
import { openEmbedded } from './drivers/embedded/embedded.ts';
import type { Lake } from './lake.ts';
import { migrateLake } from './migrations.ts';

export interface OpenLakeOptions {
  readonly dataDir: string;
  /** `http(s)://user:password@host:8123`: a ClickHouse server instead of the embedded engine. */
  readonly lakeUrl?: string;
  readonly log: Log;
  /** Ceiling of the embedded engine's memory in bytes. */
  readonly maxMemoryBytes?: number;
}

/**
 * The lake, migrated and ready. Embedded in the data folder, or on the server behind `lakeUrl`.
 * Rejects with data_folder_locked, unsupported_platform, disk_full or store_unavailable.
 */
export async function openLake(options: OpenLakeOptions): Promise<Lake> {
  const { dataDir, lakeUrl, log, maxMemoryBytes } = options;
  const lake = lakeUrl
    ? openCluster({ url: lakeUrl })
    : await openEmbedded({ dir: dataDir, log, maxMemoryBytes });
  try {
    await migrateLake(lake);
    return lake;
  } catch (error) {
    await lake.close();
    throw error;
  }
}
