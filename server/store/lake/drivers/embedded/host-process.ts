import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../../../child-environment.ts';
import type { Log } from '../../../../log.ts';
import { EngineError } from '../../engine-error.ts';
import type { FromHost, HostOptions, ToHost } from './protocol.ts';

export interface HeartbeatOptions {
  readonly everyMs: number;
  /** A host that has not answered for so long is taken for dead and killed. */
  readonly silentMs: number;
}

/** The host ended, or was killed, while a statement ran. Whether it took effect is unknown. */
export class HostGone extends Error {}

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * The engine's allocator gives freed memory back soon and keeps few arenas: a fifth less resident memory under ingest. Sooner
 * than this a roll-up spends a fifth of its time on memory that it gave back a moment before. Pieces of a megabyte given back at once
 * cost a quarter of its time.
 */
const ALLOCATOR_OPTIONS = 'dirty_decay_ms:1500,muzzy_decay_ms:0,narenas:2';
const ALLOCATOR = { MALLOC_CONF: ALLOCATOR_OPTIONS, JE_MALLOC_CONF: ALLOCATOR_OPTIONS };

export interface Opening {
  /** A host that has not opened its folder after so long is killed. */
  readonly withinMs: number;
  /** While it opens, the log says so this often. */
  readonly sayEveryMs: number;
  /** Another program in the place of the lake host, for tests. */
  readonly program?: URL;
}

/** Thousands of tables on a slow disk take a minute; longer than this is an engine that hangs. */
export const OPENING: Opening = { withinMs: 300_000, sayEveryMs: 10_000 };

/** One life of the lake host, from fork to exit. It is never restarted; a new one is started instead. */
export class HostProcess {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Resident memory in bytes at the last heartbeat. */
  rss = 0;
  readonly #child: ChildProcess;
  readonly #log: Log;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #silentSince: number;
  #gone = false;
  #lastWords = '';
  #heartbeat: NodeJS.Timeout | undefined;
  #onFirst: ((message: FromHost | undefined) => void) | undefined;

  private constructor(child: ChildProcess, log: Log) {
    this.#child = child;
    this.#log = log;
    this.#silentSince = performance.now();
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        if (this.#gone) return;
        this.#gone = true;
        clearInterval(this.#heartbeat);
        this.#onFirst?.(undefined);
        for (const waiting of this.#waiting.values())
          waiting.reject(new HostGone(`the lake host ended (${signal ?? code})`));
        this.#waiting.clear();
      };
      child.on('exit', end);
      // its last words on stderr are in when the pipes are closed
      child.on('close', () => resolve());
      child.on('error', () => {
        end(null, 'not started');
        if (child.pid === undefined) resolve();
      });
    });
    child.on('message', (message: FromHost) => this.#receive(message));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes) => {
        const output = String(bytes).trim();
        // why the engine could not open its folder is told on stderr only
        if (this.#onFirst) this.#lastWords += `${output}\n`;
        else if (output !== '') log.warn({ output }, 'lake host');
      });
  }

  /** Starts a host. Rejects with the engine's message when it cannot open its folder, or does not in time. */
  static async start(
    options: HostOptions,
    heartbeat: HeartbeatOptions,
    log: Log,
    opening: Opening = OPENING,
  ): Promise<HostProcess> {
    const program = opening.program ?? new URL('./host.ts', import.meta.url);
    const child = fork(fileURLToPath(program), [JSON.stringify(options)], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...childEnvironment(), NODE_OPTIONS: '', UV_THREADPOOL_SIZE: '8', ...ALLOCATOR },
    });
    const host = new HostProcess(child, log);
    const first = await host.#first(opening);
    if (first === 'silent' || first?.type !== 'ready') {
      await host.kill();
      throw new EngineError(`${notReady(first, opening)}\n${host.#lastWords}`.trim());
    }
    host.#onFirst = undefined;
    host.#beat(heartbeat);
    return host;
  }

  /** Whether the process has exited: nothing can be run any more. */
  get gone(): boolean {
    return this.#gone;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Runs a text in the engine. Rejects with EngineError, or with HostGone when the host ended meanwhile. */
  run(sql: string, format: string): Promise<Uint8Array> {
    if (this.#gone) return Promise.reject(new HostGone('the lake host ended'));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: 'run', id, sql, format });
    });
  }

  /** Ends the process at once. What it had answered is stored; what it had not is lost or stored, as in any crash. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #send(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** The first word of the host: undefined when it ended without one. */
  async #first({ withinMs, sayEveryMs }: Opening): Promise<FromHost | 'silent' | undefined> {
    const began = performance.now();
    const saying = setInterval(() => {
      const seconds = Math.round((performance.now() - began) / 1000);
      this.#log.warn({ pid: this.pid, seconds }, 'the lake is still being opened');
    }, sayEveryMs).unref();
    let giveUp: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        this.#onFirst = resolve;
        giveUp = setTimeout(() => resolve('silent'), withinMs);
      });
    } finally {
      clearInterval(saying);
      clearTimeout(giveUp);
    }
  }

  #beat({ everyMs, silentMs }: HeartbeatOptions): void {
    this.#silentSince = performance.now();
    let last = performance.now();
    this.#heartbeat = setInterval(() => {
      const now = performance.now();
      // when this process itself was held up (suspended, busy), the host gets its time back
      if (now - last > 2 * everyMs + 1000) this.#silentSince = now;
      last = now;
      if (now - this.#silentSince > silentMs) {
        this.#log.error({ pid: this.pid, silentMs }, 'the lake host does not answer and is killed');
        void this.kill();
      } else this.#send({ type: 'ping' });
    }, everyMs).unref();
  }

  #receive(message: FromHost): void {
    this.#silentSince = performance.now();
    if (message.type === 'pong') this.rss = message.rss;
    else if (message.type === 'ready' || message.type === 'failed') this.#onFirst?.(message);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === 'answer') waiting?.resolve(message.bytes);
      else waiting?.reject(new EngineError(message.message));
    }
  }
}

function notReady(first: FromHost | 'silent' | undefined, { withinMs }: Opening): string {
  if (first === 'silent') return `${NOT_IN_TIME} ${withinMs / 1000} s`;
  return first?.type === 'failed' ? first.message : 'the lake host ended before it was ready';
}

/** How the message of a host that hung while it opened begins. */
export const NOT_IN_TIME = 'the engine did not open its folder within';
