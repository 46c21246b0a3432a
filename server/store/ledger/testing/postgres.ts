import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

export interface TestPostgres {
  /** An empty database of its own. */
  createDatabase(): Promise<string>;
  /** Cuts off everyone without a word, as a crash does, and comes back. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const VERSIONS = ['17', '16', '15', '14'];

/**
 * A PostgreSQL of its own on a free port, in a temporary folder, without fsync: for tests only. PostgreSQL refuses
 * to run as root, so root runs it as the user `postgres` that Debian's package makes.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const bin = VERSIONS.map((version) => `/usr/lib/postgresql/${version}/bin`).find((path) =>
    existsSync(path),
  );
  if (!bin) throw new Error('these tests need PostgreSQL: apt-get install -y postgresql-15');
  const owner = process.getuid?.() === 0 ? postgresUser() : undefined;
  const folder = mkdtempSync('/tmp/tiltmeter-postgres-');
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const run = { ...owner, cwd: folder, env: { LC_ALL: 'C.UTF-8' } };

  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'tiltmeter', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    run,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = { port, unix_socket_directories: folder, listen_addresses: '127.0.0.1', fsync: 'off' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://tiltmeter@127.0.0.1:${port}`;
  const ask = async (database: string, statement: string) => {
    const client = new pg.Client(`${url}/${database}`);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  let server: ChildProcess;
  async function start(): Promise<void> {
    server = spawn(join(bin!, 'postgres'), ['-D', data, '-c', 'max_connections=300', ...flags], {
      ...run,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const messages: string[] = [];
    server.stderr?.on('data', (chunk) => messages.push(String(chunk)));
    const answers = () =>
      ask('postgres', 'select 1').then(
        () => true,
        () => false,
      );
    while (!(await answers())) {
      if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${messages.join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
  await start();

  let count = 0;
  return {
    async createDatabase() {
      count += 1;
      const name = `ledger_${count}`;
      await ask('postgres', `create database ${name}`);
      return `${url}/${name}`;
    },
    async restart(meanwhile = async () => {}) {
      await end('SIGQUIT');
      await meanwhile();
      await start();
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresUser(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('postgres:'));
  if (!line)
    throw new Error(
      'root cannot run PostgreSQL, and there is no user "postgres": apt-get install -y postgresql-15',
    );
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
