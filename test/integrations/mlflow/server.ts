import { execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../free-port.ts';
import { until } from '../../until.ts';

const VERSION = '3.17.2';
const run = promisify(execFile);

/** A real MLflow server, with something in front of it that can go wrong. */
export interface MlflowServer {
  /** In front: what `fault` does not take is answered by MLflow. */
  readonly address: string;
  /** Requests that came through since `asked` was emptied, `GET /path`. */
  readonly asked: string[];
  /** Answers a request in place of MLflow, or does something before MLflow does; resolves with whether it answered. */
  fault: (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;
  /** Runs a Python file with MLflow's client. */
  python(file: string, ...args: readonly string[]): Promise<void>;
  /** One call of MLflow's API. */
  // biome-ignore lint/suspicious/noExplicitAny: replies of every shape
  call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<any>;
  stop(): Promise<void>;
}

/** MLflow from PyPI, kept for the next run. */
async function installed(): Promise<string> {
  const venv = join(tmpdir(), `tiltmeter-mlflow-${VERSION}`);
  const bin = join(venv, 'bin');
  const whole = join(venv, 'whole');
  if (!existsSync(whole)) {
    await run('python3', ['-m', 'venv', venv]);
    await run(join(bin, 'pip'), ['install', '--quiet', `mlflow==${VERSION}`], { timeout: 600_000 });
    writeFileSync(whole, '');
  }
  return bin;
}

/** Its database and artefacts lie in `folder`. */
export async function startMlflow(folder: string): Promise<MlflowServer> {
  const bin = await installed();
  const port = await freePort();
  const real = `http://127.0.0.1:${port}`;
  const environment = {
    ...process.env,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  };
  const server = spawn(
    join(bin, 'mlflow'),
    [
      ...['server', '--backend-store-uri', `sqlite:///${folder}/mlflow.db`],
      ...['--artifacts-destination', join(folder, 'artifacts'), '--workers', '1'],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
    { stdio: 'ignore', detached: true, env: environment },
  );
  try {
    await until(async () => (await fetch(`${real}/health`).catch(() => null))?.ok, 500);
  } catch (error) {
    process.kill(-server.pid!, 'SIGTERM');
    throw error;
  }
  const asked: string[] = [];
  const front = createServer(async (from, to) => {
    asked.push(`${from.method} ${from.url}`);
    if (await self.fault(from, to)) return;
    const { method, headers, url } = from;
    from.pipe(
      request(
        real + url,
        { method: method!, headers: { ...headers, host: `127.0.0.1:${port}` } },
        (reply) => {
          to.writeHead(reply.statusCode!, reply.headers);
          reply.pipe(to);
        },
      ).on('error', () => to.destroy()),
    );
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const self: MlflowServer = {
    address: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    asked,
    fault: () => false,
    async python(file, ...args) {
      await run(join(bin, 'python'), [file, real, ...args], { env: environment, timeout: 300_000 });
    },
    async call(method, path, body) {
      const json = { 'content-type': 'application/json' };
      const reply = await fetch(`${real}/api/2.0/mlflow/${path}`, {
        ...{ method, headers: json },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return reply.json();
    },
    async stop() {
      front.closeAllConnections();
      front.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // Its workers are processes of its group.
      process.kill(-server.pid!, 'SIGTERM');
      await ended;
    },
  };
  return self;
}
