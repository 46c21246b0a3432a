import { setTimeout as delay } from 'node:timers/promises';
import { TiltmeterError } from '../../../../../contract/errors.ts';
import type { Log } from '../../../../log.ts';
import { EngineError } from '../../engine-error.ts';
import { type HeartbeatOptions, HostGone, HostProcess, NOT_IN_TIME, type Opening } from './host-process.ts';
import type { HostOptions } from './protocol.ts';

/** How long a new host waits for the folder of the one before it, which may still be dying. */
const LOCK_PATIENCE_MS = 3000;
/** How long a statement waits for a host that is being started again before it is told store_unavailable. */
const RESTART_PATIENCE_MS = 10_000;

/** Keeps one lake host alive: starts it, and starts it again, ever more slowly, when it ends. */
export class HostSupervisor {
  readonly #options: HostOptions;
  readonly #heartbeat: HeartbeatOptions;
  readonly #log: Log;
  readonly #opening: Opening | undefined;
  readonly #onReturn: (awayMs: number) => void;
  #current: HostProcess | undefined;
  #starting: Promise<HostProcess> | undefined;
  #restarts = 0;
  #failures = 0;
  #endedAt = 0;
  #closed = false;

  /** `onReturn` is told of each host that was started again, and how long there was none. */
  constructor(
    options: HostOptions,
    heartbeat: HeartbeatOptions,
    log: Log,
    opening?: Opening,
    onReturn: (awayMs: number) => void = () => {},
  ) {
    this.#options = options;
    this.#heartbeat = heartbeat;
    this.#log = log;
    this.#opening = opening;
    this.#onReturn = onReturn;
  }

  /** First start. Rejects with data_folder_locked, unsupported_platform or store_unavailable. */
  async start(): Promise<void> {
    const deadline = performance.now() + LOCK_PATIENCE_MS;
    for (;;) {
      try {
        this.#adopt(await this.#start());
        return;
      } catch (error) {
        if (!isLocked(error)) throw startError(error);
        if (performance.now() > deadline)
          throw new TiltmeterError('data_folder_locked', undefined, { cause: error });
        await delay(200);
      }
    }
  }

  /** The running host, once there is one. Rejects with store_unavailable when it takes too long. */
  async host(): Promise<HostProcess> {
    if (this.#closed) throw new HostGone('the lake is closed');
    // what has exited is replaced as soon as its pipes are closed
    if (this.#current?.gone) await this.#current.ended;
    if (this.#current) return this.#current;
    this.#starting ??= this.#restart();
    const patience = new AbortController();
    try {
      return await Promise.race([
        this.#starting,
        delay(RESTART_PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).then(() => {
          throw new HostGone('the lake host is being started again');
        }),
      ]);
    } finally {
      patience.abort();
    }
  }

  stats() {
    return { pid: this.#current?.pid, rss: this.#current?.rss ?? 0, restarts: this.#restarts };
  }

  /**
   * Ends the host. There is one way to stop, that of a crash, because it has to be safe in any case; closing the
   * engine politely would only wait for its merges.
   */
  async close(): Promise<void> {
    this.#closed = true;
    const host = this.#current ?? (await this.#starting?.catch(() => undefined));
    await host?.kill();
  }

  #start(): Promise<HostProcess> {
    return HostProcess.start(this.#options, this.#heartbeat, this.#log, this.#opening);
  }

  #adopt(host: HostProcess): void {
    this.#current = host;
    const born = performance.now();
    void host.ended.then(() => {
      if (this.#current !== host) return;
      this.#current = undefined;
      this.#endedAt = performance.now();
      // a host that has worked for a while may crash again without being held back
      if (performance.now() - born > 60_000) this.#failures = 0;
      if (this.#closed) return;
      this.#log.error({ pid: host.pid }, 'the lake host ended and is started again');
      this.#starting ??= this.#restart();
      this.#starting.catch(() => {});
    });
  }

  async #restart(): Promise<HostProcess> {
    for (;;) {
      // 0, 0.1, 0.2, 0.4 … 10 s
      const wait = this.#failures === 0 ? 0 : Math.min(10_000, 50 * 2 ** this.#failures);
      if (wait > 0) await delay(wait, undefined, { ref: false });
      if (this.#closed) throw new HostGone('the lake is closed');
      this.#failures++;
      try {
        const host = await this.#start();
        this.#restarts++;
        this.#adopt(host);
        this.#starting = undefined;
        this.#onReturn(performance.now() - this.#endedAt);
        return host;
      } catch (error) {
        this.#log.error({ error: String(error) }, 'the lake host could not be started');
      }
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof EngineError && /Cannot lock file/i.test(error.message);
}

function startError(error: unknown): TiltmeterError {
  const message = error instanceof Error ? error.message : String(error);
  if (/Permission denied|EACCES|Read-only file system/i.test(message))
    return new TiltmeterError('data_folder_not_writable', undefined, { cause: error });
  if (/No native|unsupported platform|Cannot find module '@chdb/i.test(message))
    return new TiltmeterError('unsupported_platform', undefined, { cause: error });
  const late = message.startsWith(NOT_IN_TIME) ? `: ${message.split('\n')[0]}` : '';
  return new TiltmeterError('store_unavailable', `The lake could not be opened${late}`, { cause: error });
}
