import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What a whole process took: from its start to its end, and the most memory it held. */
export interface Taken {
  readonly seconds: number;
  /** Null where it is not known. */
  readonly bytes: number | null;
  /** Ended by the limit of time. */
  readonly cut: boolean;
}

const TILTMETER = join(import.meta.dirname, '../../cli/tiltmeter.js');
const REPORT_PEAK = join(import.meta.dirname, 'report-peak.ts');

/**
 * `tiltmeter check` as a process of its own.
 * @throws when it ends with anything but a verdict.
 */
export async function runTiltmeter(current: string, reference: string): Promise<Taken> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', REPORT_PEAK, TILTMETER, 'check', current, '--reference', reference],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [code, error, peak] = await Promise.all([ended, text(child.stderr!), text(child.stdio[3] as never)]);
  if (code !== 0 && code !== 1) throw new Error(`tiltmeter check ended with ${code}: ${error}`);
  return { seconds: (performance.now() - began) / 1000, bytes: Number(peak), cut: false };
}

/**
 * Another tool's script, which prints its peak as the last line; it is ended after `limit` seconds.
 * @throws when it fails.
 */
export async function runScript(command: string, args: readonly string[], limit: number): Promise<Taken> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let cut: { readonly bytes: number | null } | null = null;
  const timer = setTimeout(() => {
    cut = { bytes: peakSoFar(child.pid!) };
    child.kill('SIGKILL');
  }, 1000 * limit);
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const [code, out, error] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  clearTimeout(timer);
  const seconds = (performance.now() - began) / 1000;
  if (cut !== null) return { seconds, bytes: (cut as { bytes: number | null }).bytes, cut: true };
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${error.slice(-500)}`);
  const last = out.trim().split('\n').at(-1)!;
  return { seconds, bytes: (JSON.parse(last) as { peak_rss: number }).peak_rss, cut: false };
}

/** Where the system tells: Linux. */
function peakSoFar(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : 1024 * Number(kilobytes);
  } catch {
    return null;
  }
}
