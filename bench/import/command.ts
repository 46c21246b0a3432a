import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOCATOR, KEY } from '../scale/served.ts';

const TILTMETER = join(import.meta.dirname, '../../cli/tiltmeter.js');

/** What a command did. */
export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly seconds: number;
  /** The most resident bytes it had. */
  readonly peakBytes: number;
  readonly output: string;
}

/**
 * A command of the command line as a process of its own, its state in `home`.
 * @param until asked every second; when it says so, the process is killed with -9.
 */
export async function runCommand(
  args: readonly string[],
  home: string,
  until: (child: ChildProcess) => boolean = () => false,
): Promise<Ended> {
  const began = performance.now();
  const env = { ...process.env, ...ALLOCATOR, TILTMETER_KEY: KEY, HOME: home, XDG_STATE_HOME: home };
  const child = spawn(process.execPath, [TILTMETER, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid!));
    if (until(child)) child.kill('SIGKILL');
  }, 1000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  return { code, seconds: (performance.now() - began) / 1000, peakBytes, output };
}

function peakOf(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
