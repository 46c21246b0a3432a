import { TiltmeterError } from '../../../contract/errors.ts';
import type { Log } from '../../log.ts';
import { openCluster } from './drivers/cluster/cluster.ts';
import { openEmbedded } from './drivers/embedded/embedded.ts';
import { engineCode } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { migrateLake } from './migrations.ts';
import { renameColumns } from './rename-columns.ts';

export interface OpenLakeOptions {
  readonly dataDir: string;
  /** `http(s)://user:password@host:8123`: a ClickHouse server instead of the embedded engine. */
  readonly lakeUrl?: string;
  readonly log: Log;
  /** Ceiling of the embedded engine's memory in bytes. */
  readonly maxMemoryBytes?: number;
  /** Told when the engine in the data folder had ended and is there again, after so many milliseconds. */
  readonly onReturn?: (awayMs: number) => void;
}

/**
 * The lake, migrated and ready. Embedded in the data folder, or on the server behind `lakeUrl`.
 * Rejects with data_folder_locked, unsupported_platform, invalid_option, disk_full or store_unavailable.
 */
export async function openLake(options: OpenLakeOptions): Promise<Lake> {
  const { dataDir, lakeUrl, log, maxMemoryBytes, onReturn } = options;
  const lake = lakeUrl
    ? openCluster({ url: lakeUrl })
    : await openEmbedded({ dir: dataDir, log, maxMemoryBytes, onReturn });
  try {
    await migrateLake(lake);
    await renameColumns(lake);
    return lake;
  } catch (error) {
    await lake.close();
    throw lakeUrl === undefined ? error : startError(error, lakeUrl);
  }
}

/** What keeps a server's lake from opening, said so that the person who wrote the address can act on it. */
function startError(error: unknown, lakeUrl: string): unknown {
  const { host } = new URL(lakeUrl);
  if (REFUSED.has(engineCode(error) ?? 0))
    return new TiltmeterError(
      'invalid_option',
      `The lake at ${host} refuses the user of TILTMETER_LAKE_URL`,
      {
        cause: error,
      },
    );
  if (error instanceof TiltmeterError && error.code === 'store_unavailable')
    return new TiltmeterError('store_unavailable', `The lake at ${host} does not answer`, { cause: error });
  return error;
}

// UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, ACCESS_DENIED, AUTHENTICATION_FAILED
const REFUSED = new Set([192, 193, 194, 497, 516]);
