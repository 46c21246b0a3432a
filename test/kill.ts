import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { look, type Seen } from './kill-look.ts';
import { judgedRows } from './kill-rows.ts';

const KEY = 'kill-test-admin-key-0123456789abcdef';
const MAIN = resolve(import.meta.dirname, '../server/main.ts');
const ROWS = 40;
const SENDERS = 6;
/** How long a server lives now and then, so that it rolls up and judges: that begins five seconds after its start. */
const LONG_MS = 9_000;

const VICTIMS = ['both', 'server', 'lake host'] as const;
type Victim = (typeof VICTIMS)[number];

interface Server {
  readonly child: ChildProcess;
  readonly address: string;
}

export interface KillOptions {
  readonly kills: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Whether a model is judged meanwhile, too: takes a minute more at the end. */
  readonly judging?: boolean;
  /** Told of every kill. */
  readonly after?: (kill: number, acknowledged: number) => void;
}

export interface Killed extends Seen {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly acknowledged: number;
}

/**
 * Kills the server, its lake host or both with -9 in the middle of ingest, again and again on one data folder, and then
 * looks: what was acknowledged and is not in the lake, what is there twice although it was sent again and again, and what
 * was decided twice.
 */
export async function killDuringIngest(options: KillOptions): Promise<Killed> {
  const { kills, random, judging = false, after } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-kill-'));
  const acknowledged = new Set<string>();
  const uncertain = new Map<string, object[]>();
  const slices = judging ? inSlices(judgedRows(), Math.max(5, Math.floor(kills / 2))) : [];
  const struck = { both: 0, server: 0, 'lake host': 0 };
  let batches = 0;
  let server: Server | undefined;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const victim = VICTIMS[kill % VICTIMS.length]!;
      const starts = server === undefined;
      server ??= await start(dataDir);
      const { address } = server;
      let going = true;
      const send = async (id: string, events: readonly object[]): Promise<boolean> => {
        try {
          if (!(await post(address, events))) return false;
          for (const event of events) acknowledged.add((event as { id: string }).id);
          return uncertain.delete(id) || true;
        } catch {
          return false;
        }
      };
      const senders = Array.from({ length: SENDERS }, async () => {
        // What an earlier round left uncertain is sent again, as a retrying client does.
        for (const [id, events] of [...uncertain].slice(0, 3)) if (going) await send(id, events);
        while (going) {
          const id = `b${batches++}`;
          const events = eventsOf(id);
          if (await send(id, events)) continue;
          uncertain.set(id, events);
          await sleep(20);
        }
      });
      const judged = (async () => {
        while (going && slices.length > 0 && (await send('slice', slices[0]!))) {
          slices.shift();
          await sleep(100);
        }
      })();
      // Mostly while answers flow, now and then right after the start.
      const before = acknowledged.size;
      const early = starts && kill > 0 && random() < 0.2;
      while (!early && acknowledged.size === before) await sleep(5);
      const long = judging && random() < 0.1;
      await sleep(random() * (long ? LONG_MS : 500));
      // Of a server that is gone nothing more is asked; what is under way is cut off.
      if (victim !== 'lake host') going = false;
      await strike(server, victim);
      struck[victim]++;
      if (victim === 'lake host') await sleep(200 + random() * 800);
      else server = undefined;
      going = false;
      await Promise.all([...senders, judged]);
      after?.(kill + 1, acknowledged.size);
    }
    server ??= await start(dataDir);
    for (const events of slices) while (!(await post(server.address, events))) await sleep(200);
    for (const event of slices.flat()) acknowledged.add((event as { id: string }).id);
    await stop(server);
    server = undefined;
    return {
      kills: struck,
      acknowledged: acknowledged.size,
      ...(await look(dataDir, acknowledged, judging)),
    };
  } finally {
    server?.child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
}

function inSlices(rows: readonly object[], count: number): object[][] {
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.slice(i * size, (i + 1) * size),
  );
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

/** Whether the events were acknowledged. */
async function post(address: string, events: readonly object[]): Promise<boolean> {
  const reply = await fetch(`${address}/api/v1/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  const body = (await reply.json()) as { received?: number; rejected_total?: number };
  if (reply.status === 200) assert.deepEqual([body.received, body.rejected_total], [events.length, 0]);
  return reply.status === 200;
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
