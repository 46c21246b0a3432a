import { run } from './run.ts';
import { untilStopped } from './stop-signal.ts';

// What Tiltmeter writes is for its owner, but what was asked for by name (a report, an export) is as any other file.
if (['serve', 'demo', 'login-link'].includes(process.argv[2] ?? '')) process.umask(0o077);

// Whoever reads the output may stop before its end ("tiltmeter check … | head"), and a disk may be full.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`tiltmeter: The output cannot be written (${code})\n`);
  process.exit(2);
});

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  clock: Date.now,
  interrupt: untilStopped,
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
});
