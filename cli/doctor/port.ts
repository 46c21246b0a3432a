import { createServer } from 'node:net';
import type { Finding } from './check.ts';

/** Whether a server could listen there; a Tiltmeter that already does is fine too. */
export async function port(host: string, number: number): Promise<Finding> {
  const check = 'port';
  const code = await listening(host, number);
  if (code === undefined) return { check, ok: true, found: `${host}:${number} is free` };
  if (code === 'EADDRINUSE') {
    const health = await fetch(`http://${host}:${number}/healthz`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined);
    if (health?.ok) return { check, ok: true, found: `${host}:${number} has a running server` };
    return {
      check,
      ok: false,
      found: `${host}:${number} is taken`,
      fix: 'Choose another with --port, or stop what listens there.',
    };
  }
  return {
    check,
    ok: false,
    found: `${host}:${number}: ${code}`,
    fix: 'Choose another with --host and --port.',
  };
}

function listening(host: string, number: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(number, host, () => server.close(() => resolve(undefined)));
  });
}
