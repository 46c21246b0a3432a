import { PassThrough } from 'node:stream';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line in this process and collects what it writes. */
export async function tiltmeter(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin?: NonNullable<Terminal['stdin']>,
  interrupt?: Terminal['interrupt'],
) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => new PassThrough().on('data', (chunk) => (written[name] += chunk));
  let time = Date.UTC(2027, 0, 1);
  const terminal: Terminal = {
    env,
    clock: () => time++,
    ...(stdin && { stdin }),
    ...(interrupt && { interrupt }),
    stdout: stream('out'),
    stderr: stream('err'),
  };
  const exit = await run(args, terminal);
  return { exit, ...written };
}
