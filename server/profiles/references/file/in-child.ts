import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { childEnvironment } from '../../../child-environment.ts';

export interface ChildLimits {
  /** From the start of the process to its last answer. */
  readonly withinMs: number;
  /** Memory of what it keeps, in MiB. */
  readonly heapMb: number;
  /** Whoever asked is gone. */
  readonly signal?: AbortSignal | undefined;
  /** What is said when it ended before it answered. */
  readonly ended: () => Error;
}

/**
 * Runs a program that answers one question after the other in a process of its own, in its own working folder: reading takes
 * seconds, senders wait for their answers meanwhile, and the memory it took goes back when it ends. It ends with `use`.
 */
export async function inChild<Ask extends object, Answer, T>(
  program: string,
  cwd: string,
  limits: ChildLimits,
  use: (ask: (question: Ask) => Promise<Answer>) => Promise<T>,
): Promise<T> {
  const child = fork(program, {
    cwd,
    env: childEnvironment(),

    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${limits.heapMb}`],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limits.withinMs);
  const gone = () => child.kill('SIGKILL');
  const end = once(child, 'exit').catch(() => {});
  limits.signal?.addEventListener('abort', gone);
  child.once('spawn', () => yieldTo(child.pid!));
  try {
    return await use((question) => asked<Answer>(child, question, limits.ended));
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', gone);
    child.kill('SIGKILL');
    await end;
  }
}

function asked<Answer>(child: ChildProcess, question: object, why: () => Error): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(why());
    child.once('exit', ended);
    child.once('error', reject);
    child.once('message', (answer) => {
      child.off('exit', ended);
      child.off('error', reject);
      resolve(answer as Answer);
    });
    if (child.exitCode === null && child.signalCode === null) child.send(question, () => {});
    else ended();
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
