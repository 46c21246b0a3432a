import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../child-environment.ts';

export interface Bounds {
  /** What takes seconds of a processor takes longer on a busy machine. */
  readonly timeoutMs: number;
  readonly heapMb: number;
}

const BOUNDS: Bounds = { timeoutMs: 120_000, heapMb: 512 };

/**
 * What a module answers to one message, in a process of its own: senders wait for their answers meanwhile, and the memory it took goes
 * back when it ends (that of a thread would stay). Rejects when the process dies, of too much memory too, or takes too long; it is ended
 * then. `what`: for the message, as in `learning importance`.
 */
export async function inProcess<Answer>(
  module: URL,
  message: object,
  what: string,
  { timeoutMs, heapMb }: Bounds = BOUNDS,
): Promise<Answer> {
  const child = fork(fileURLToPath(module), {
    env: childEnvironment(),

    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${heapMb}`],
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      child.once('message', (found) => resolve(found as Answer));
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(
          new Error(
            signal === 'SIGKILL'
              ? `${what} took longer than ${timeoutMs / 1000} s`
              : `${what} ended early (${signal ?? code})`,
          ),
        ),
      );
      child.once('spawn', () => yieldTo(child.pid!));
      child.send(message);
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
