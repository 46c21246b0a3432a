import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { createApp } from '../server/app.ts';

const KEY = 'kill-test-admin-key-0123456789';
const MAIN = resolve(import.meta.dirname, '../server/main.ts');
const ROWS = 40;
const SENDERS = 6;

type Victim = 'server' | 'lake host' | 'both';

interface Server {
  readonly child: ChildProcess;
  readonly address: string;
}

/**
 * Kills the server, its lake host or both with -9 in the middle of ingest, again and again on one data folder, and then
 * looks: every acknowledged prediction is in the lake exactly once, every other one at most once, also when it was sent
 * again. `random` gives numbers in [0, 1).
 */
export async function killDuringIngest(kills: number, random: () => number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-kill-'));
  const acknowledged = new Set<string>();
  const uncertain = new Map<string, object[]>();
  let batches = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const victim = (['both', 'server', 'lake host'] as const)[kill % 3]!;
      const server = await start(dataDir);
      let going = true;
      const send = async (id: string, events: object[]) => {
        try {
          const reply = await post(server.address, events);
          if (reply === 200) {
            for (let i = 0; i < ROWS; i++) acknowledged.add(`${id}-${i}`);
            uncertain.delete(id);
          } else uncertain.set(id, events);
        } catch {
          uncertain.set(id, events);
        }
      };
      const senders = Array.from({ length: SENDERS }, async () => {
        // What an earlier round left uncertain is sent again, as a retrying client does.
        for (const [id, events] of [...uncertain].slice(0, 3)) if (going) await send(id, events);
        while (going) await send(`b${batches}`, eventsOf(`b${batches++}`));
      });
      // Mostly while answers flow, now and then right after the start.
      const before = acknowledged.size;
      const early = kill > 0 && random() < 0.2;
      while (!early && acknowledged.size === before) await sleep(5);
      await sleep(random() * 500);
      await strike(server, victim);
      if (victim === 'lake host') await sleep(200 + random() * 800);
      going = false;
      if (victim === 'lake host') await stop(server);
      await Promise.all(senders);
    }
    await look(dataDir, acknowledged);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Two models, months apart, so that an insert has several parts. */
function eventsOf(batch: string): object[] {
  return Array.from({ length: ROWS }, (_, i) => ({
    model: i % 8 === 0 ? 'rare' : 'common',
    id: `${batch}-${i}`,
    time: Date.parse(i % 2 === 0 ? '2026-01-15T00:00:00Z' : '2026-03-15T00:00:00Z') + i,
    features: { a: i, b: `value ${i % 5}` },
    prediction: i / 10,
  }));
}

async function post(address: string, events: object[]): Promise<number> {
  const reply = await fetch(`${address}/api/v1/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  const body = (await reply.json()) as { received?: number; rejected_total?: number };
  if (reply.status === 200) expect(body).toMatchObject({ received: ROWS, rejected_total: 0 });
  return reply.status;
}

async function start(dataDir: string): Promise<Server> {
  const child = spawn(process.execPath, [MAIN, '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TILTMETER_ADMIN_KEY: KEY, TILTMETER_LOG_LEVEL: 'error' },
  });
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = /listens on (http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code} at its start: ${output}`)));
  });
  return { child, address };
}

async function strike({ child }: Server, victim: Victim): Promise<void> {
  const hosts = childrenOf(child.pid!);
  const exited = once(child, 'exit');
  if (victim !== 'server') for (const pid of hosts) process.kill(pid, 'SIGKILL');
  if (victim === 'lake host') return;
  child.kill('SIGKILL');
  await exited;
  // Left alone, the lake host ends by itself: the data folder must be free for the next server.
  while (hosts.some(alive)) await sleep(20);
}

async function stop({ child }: Server): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return table
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, of]) => of === parent)
    .map(([pid]) => pid!);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function look(dataDir: string, acknowledged: ReadonlySet<string>): Promise<void> {
  const app = createApp({ dataDir, port: 0, jobs: false });
  await app.start();
  try {
    const { lake } = app.ctx;
    const rows: { id: string; n: number }[] = [];
    for (const table of ['predictions_common', 'predictions_rare']) {
      rows.push(
        ...(await lake.query<{ id: string; n: number }>(
          `SELECT _id AS id, count() AS n FROM tiltmeter.${table} GROUP BY id`,
        )),
      );
    }
    const twice = rows.filter(({ n }) => Number(n) !== 1).map(({ id }) => id);
    const found = new Set(rows.map(({ id }) => id));
    const lost = [...acknowledged].filter((id) => !found.has(id));
    expect({ twice, lost }).toEqual({ twice: [], lost: [] });
    expect(acknowledged.size).toBeGreaterThan(0);
  } finally {
    await app.stop();
  }
}
