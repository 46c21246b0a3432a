import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server of a data folder, as it says itself. */
export interface RunningServer {
  /** Where it listens, or did. */
  readonly address: string;
  /** Lets whoever may read the folder speak to it; null when it has stopped. */
  readonly token: string | null;
}

/** Beside the data, for its owner alone. */
const FILE = 'server.json';

/**
 * Says in its data folder where a server listens, until `withdraw`. The token is good for this start only. On a disk without
 * room nothing is said, and nothing old left standing: neither a start nor a stop fails for it.
 */
export function announce(dataDir: string, address: string, token: string): { withdraw(): void } {
  write(dataDir, { address, token });
  return { withdraw: () => write(dataDir, { address, token: null }) };
}

/** The server that announced itself last, running or not; undefined where none ever did. */
export function lastServer(dataDir: string): RunningServer | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as RunningServer;
  } catch {
    return undefined;
  }
}

function write(dataDir: string, server: RunningServer): void {
  const path = join(dataDir, FILE);
  try {
    replace(path, server);
  } catch {
    for (const file of [path, `${path}.new`]) rmSync(file, { force: true });
  }
}

function replace(path: string, server: RunningServer): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, JSON.stringify(server), { mode: 0o600 });
  // A file that was left there keeps its mode.
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
}
