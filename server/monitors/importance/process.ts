import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { LoggedSample } from './importance.ts';

type Shares = Record<string, number> | null;

/**
 * `surrogateImportance` in a process of its own: fitting takes seconds, senders wait for their answers meanwhile, and the
 * memory it took goes back when it ends (that of a thread would stay). Rejects when the process dies.
 */
export async function importanceInProcess(sample: LoggedSample): Promise<Shares> {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise<Shares>((resolve, reject) => {
    child.once('message', (shares) => resolve(shares as Shares));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`learning importance ended early (${signal ?? code})`)),
    );
    child.once('spawn', () => yieldTo(child.pid!));
    child.send(sample);
  });
}

/** Those who wait for an answer go first. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // it has ended already, or the system does not let us: then it only disturbs a little more
  }
}
