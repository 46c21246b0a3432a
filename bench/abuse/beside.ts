import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Told } from './honest.ts';
import type { Place } from './target.ts';

const start = (script: string, args: readonly string[]): ChildProcess =>
  fork(join(import.meta.dirname, script), [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

/** A time in which requests were due. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Processors that server and lake host had in it, 0 to the number of cores. */
  readonly cores: number;
}

/** What became of the requests of some windows: how many, how long the slowest hundredth took, ms, and what those got that were not stored. */
export interface Seen {
  readonly n: number;
  readonly p99: number;
  readonly bad: readonly string[];
}

/** A sender that sends all the time. */
export class Honest {
  readonly #told: Told[] = [];
  readonly #child: ChildProcess;
  readonly #perSecond: number;
  readonly #cpuSeconds: () => number;

  constructor(address: string, key: string, perSecond: number, rows: number, cpuSeconds: () => number) {
    this.#child = start('honest.ts', [address, key, String(perSecond), String(rows)]);
    this.#perSecond = perSecond;
    this.#cpuSeconds = cpuSeconds;
    this.#child.on('message', (told: Told) => this.#told.push(told));
  }

  /** Resolves when it has begun. */
  async ready(): Promise<void> {
    while (this.#told.length === 0) await sleep(50);
  }

  /** A window of so many seconds from now, over. */
  async window(seconds: number): Promise<Window> {
    const [from, spent] = [Date.now(), this.#cpuSeconds()];
    await sleep(seconds * 1000);
    const to = Date.now();
    return { from, to, cores: ((this.#cpuSeconds() - spent) * 1000) / (to - from) };
  }

  /** Resolves when all requests of a window are answered, or after a minute. */
  async settled(window: Window): Promise<void> {
    const due = Math.floor(((window.to - window.from) / 1000) * this.#perSecond) - 1;
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100))
      if (this.of(window).n >= due) return;
  }

  /** Of the requests that were due in some windows, together. */
  of(...windows: readonly Window[]): Seen {
    const own = this.#told.filter(({ due }) => windows.some(({ from, to }) => due >= from && due < to));
    const sorted = own.map(({ ms }) => ms).sort((a, b) => a - b);
    const p99 =
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.POSITIVE_INFINITY;
    return { n: own.length, p99, bad: own.flatMap(({ answer }) => (answer === '200' ? [] : [answer])) };
  }

  /** Waits for the last answers; how many predictions were acknowledged in all. */
  async stop(): Promise<number> {
    const ended = once(this.#child, 'exit');
    this.#child.send('stop');
    await ended;
    return this.#told.reduce((sum, { stored }) => sum + stored, 0);
  }
}

/** What the abuser got, and the window in which it went on. */
export interface Attacked {
  readonly window: Window;
  readonly answers: Readonly<Record<string, number>>;
}

/** Goes on with an abuse for so many seconds; its first half second, in which connections are made, is not in the window. */
export async function attack(honest: Honest, name: string, place: Place, seconds: number): Promise<Attacked> {
  const child = start('attack.ts', [name, JSON.stringify(place)]);
  const ended = once(child, 'exit');
  await once(child, 'message');
  await sleep(500);
  const window = await honest.window(seconds);
  const answered = once(child, 'message') as Promise<[Attacked['answers']]>;
  child.send('stop');
  const [answers] = await answered;
  await ended;
  return { window, answers };
}
