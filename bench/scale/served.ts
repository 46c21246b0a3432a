import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../../server/app.ts';

export const KEY = 'bench-admin-key-0123456789abcdefghij';
/** As `npm start` has it: large bodies are given back to the system at once. */
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
const MAIN = join(import.meta.dirname, '../../server/main.ts');

/** Does some work in an app whose jobs rest, then stops it: what `serve` finds afterwards is as after a restart. */
export async function whileResting<T>(dataDir: string, work: (app: App) => Promise<T>): Promise<T> {
  const app = createApp({ dataDir, port: 0, jobs: false, adminKey: KEY, limits: { models: 10_000 } });
  await app.start();
  try {
    return await work(app);
  } finally {
    await app.stop();
  }
}

export interface Served {
  readonly address: string;
  readonly startMs: number;
  /** Processor seconds of the server and its lake host so far. */
  cpuSeconds(): number;
  /** Of the server alone. */
  ownCpuSeconds(): number;
  /** Resident bytes, the most since the start: of both, and of the server alone. */
  peakBytes(): number;
  ownPeakBytes(): number;
  /** Of both, what they share (the text of Node) once: what they take of the machine. */
  sharedPeakBytes(): number;
  /** Of both, without the text of programs and other files that the system drops when it needs room. */
  anonymousPeakBytes(): number;
  /** Resident bytes at this moment: of both, and of the server alone. */
  residentBytes(): number;
  ownBytes(): number;
  stop(): Promise<void>;
}

/** The server as people run it, a process of its own; `settings` are further variables of its environment. */
export async function serve(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const began = performance.now();
  const flags = [
    '--max-semi-space-size=8',
    '--heap-growing-percent=100',
    '--no-parallel-scavenge',
    MAIN,
    '--data',
    dataDir,
    '--port',
    '0',
  ];
  const child: ChildProcess = spawn(process.execPath, flags, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ALLOCATOR, ...settings, TILTMETER_ADMIN_KEY: KEY, TILTMETER_LOG_LEVEL: 'warn' },
  });
  let text = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /listens on (http:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server did not start: ${text}`)));
  });
  const startMs = performance.now() - began;
  let peak = 0;
  let own = 0;
  let anonymous = 0;
  let shared = 0;
  const watch = setInterval(() => {
    anonymous = Math.max(anonymous, anonymousBytesOf(child.pid!));
    shared = Math.max(shared, proportionalBytesOf(child.pid!));
    peak = Math.max(peak, family(child.pid!, 'rss') * 1024);
    own = Math.max(own, residentBytesOf(child.pid!));
  }, 500);
  return {
    address,
    startMs,
    cpuSeconds: () => processorSeconds(child.pid!),
    ownCpuSeconds: () => secondsOf(child.pid!),
    peakBytes: () => peak,
    ownPeakBytes: () => own,
    sharedPeakBytes: () => shared,
    anonymousPeakBytes: () => anonymous,
    residentBytes: () => family(child.pid!, 'rss') * 1024,
    ownBytes: () => residentBytesOf(child.pid!),
    async stop() {
      clearInterval(watch);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resident bytes of one process; 0 once it is gone. */
const residentBytesOf = (pid: number) => statusBytes(pid, 'VmRSS');

/** Anonymous resident bytes of a process and its children. */
function anonymousBytesOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + statusBytes(each, 'RssAnon'), 0);
}

/** Resident bytes of a process and its children, of pages that several have each its part. */
function proportionalBytesOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + statusBytes(each, 'Pss', 'smaps_rollup'), 0);
}

function statusBytes(pid: number, field: 'VmRSS' | 'RssAnon' | 'Pss', file = 'status'): number {
  try {
    const status = readFileSync(`/proc/${pid}/${file}`, 'utf8');
    return 1024 * Number(new RegExp(`${field}:\\s*(\\d+)`).exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return list.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Processor seconds of a process and its children, to a hundredth (`ps` tells whole ones). */
export function processorSeconds(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + secondsOf(each), 0);
}

function secondsOf(pid: number): number {
  // The fields behind the name, which may contain blanks: state is the first, user and system time the twelfth and thirteenth.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Of a process and its children, as `ps` tells it. */
export function family(pid: number, what: 'rss' | 'cputimes'): number {
  const table = execFileSync('ps', ['-eo', `pid=,ppid=,${what}=`], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return table
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([own, parent]) => own === pid || parent === pid)
    .reduce((sum, [, , value]) => sum + value!, 0);
}

/** The parsed answer, or its length where it is a file; rows are sent as NDJSON unless they are one thing. */
export async function call<T>(
  address: string,
  method: string,
  path: string,
  body?: string,
  form: 'rows' | 'json' | 'file' = 'rows',
): Promise<T> {
  const type = form === 'json' ? 'application/json' : 'application/x-ndjson';
  const reply = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  const text = await reply.text();
  return (form === 'file' ? text.length : text === '' ? undefined : JSON.parse(text)) as T;
}

/** One number from the ledger of a running server. */
export function ledgerNumber(dataDir: string, sql: string): number {
  const ledger = new DatabaseSync(join(dataDir, 'ledger.db'), { readOnly: true });
  try {
    return Number(Object.values(ledger.prepare(sql).get() ?? {})[0] ?? 0);
  } finally {
    ledger.close();
  }
}

/** Milliseconds until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>, everyMs = 200): Promise<number> {
  const began = performance.now();
  while (!(await condition())) await sleep(everyMs);
  return performance.now() - began;
}
