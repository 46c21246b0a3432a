import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { LoggedSample, Surrogate } from './surrogate.ts';

export interface Bounds {
  /** A fit of the largest sample takes some seconds on a busy machine. */
  readonly timeoutMs: number;
  readonly heapMb: number;
}

const BOUNDS: Bounds = { timeoutMs: 120_000, heapMb: 512 };

/**
 * `fitSurrogate` in a process of its own: fitting takes seconds, senders wait for their answers meanwhile, and the
 * memory it took goes back when it ends (that of a thread would stay). Rejects when the process dies, of too much memory
 * too, or takes too long; it is ended then.
 */
export async function surrogateInProcess(
  sample: LoggedSample,
  bounds: Bounds = BOUNDS,
): Promise<Surrogate | null> {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${bounds.heapMb}`],
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), bounds.timeoutMs);
  try {
    return await new Promise<Surrogate | null>((resolve, reject) => {
      child.once('message', (found) => resolve(found as Surrogate | null));
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(
          new Error(
            signal === 'SIGKILL'
              ? `learning importance took longer than ${bounds.timeoutMs / 1000} s`
              : `learning importance ended early (${signal ?? code})`,
          ),
        ),
      );
      child.once('spawn', () => yieldTo(child.pid!));
      child.send(sample);
    });
  } finally {
    clearTimeout(deadline);
  }
}

/** Those who wait for an answer go first. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // it has ended already, or the system does not let us: then it only disturbs a little more
  }
}
