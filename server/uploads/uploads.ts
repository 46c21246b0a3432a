import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TiltmeterError } from '../../contract/errors.ts';
import { UPLOAD_BYTES, type Upload } from '../../contract/upload.ts';
import type { Actor, Ids } from '../context.ts';
import type { LookedThrough } from './questions.ts';

/** What of an upload is known to this server. */
export interface KeptUpload {
  readonly id: string;
  /** Who sent it: nobody else sees it. */
  readonly owner: string;
  readonly name: string;
  readonly folder: string;
  readonly bytes: number;
  /** When somebody asked for it last. */
  at: number;
  looked?: Promise<LookedThrough> | undefined;
  /** What was sent is stored, and its file gone. */
  gone?: boolean;
  rows: number | null;
  state: Upload['state'];
  summary: Upload['summary'];
  error: Upload['error'];
}

export interface UploadsOptions {
  /** Emptied when the server starts. */
  readonly folder: string;
  readonly clock: () => number;
  readonly ids: Ids;
  readonly maxBytes?: number;
}

/** What the file of an upload is called in its folder: what is said of it names it so. */
export const FILE = 'the file';

/** An upload that nobody asks for is gone after this time. */
const KEPT_MS = 3_600_000;
/** Uploads at a time, over all people: the disk they take is bounded. */
const MOST = 8;
/** Of one of them: who sends many lets go of their own first, and leaves places to others. */
const MOST_OWN = 4;
/** How often those that nobody asks for are looked for. */
const LOOK_MS = 60_000;

/** Tables that were sent to this server and wait on its disk. They end with it, and after an hour without a question. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #kept = new Map<string, KeptUpload>();
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #timer: NodeJS.Timeout;

  private constructor(options: UploadsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.forgetIdle(), LOOK_MS).unref();
  }

  static async open(options: UploadsOptions): Promise<Uploads> {
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    return new Uploads(options);
  }

  /** Ends when the server does. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Writes a body to the disk as it comes. Errors: body_too_large, too_many_requests, empty_body, disk_full. */
  async receive(owner: Actor, name: string, body: AsyncIterable<Buffer>, said: number): Promise<KeptUpload> {
    const { maxBytes = UPLOAD_BYTES, ids, clock, folder: all } = this.#options;
    if (said > maxBytes) throw tooLarge(maxBytes);
    const id = ids.id();
    const folder = join(all, id);
    const kept: KeptUpload = {
      ...{ id, owner: owner.id, name, folder, at: clock(), bytes: 0 },
      ...{ rows: null, state: 'kept', summary: null, error: null },
    };
    await this.#takePlace(kept);
    try {
      await mkdir(folder, { mode: 0o700 });
      const bytes = await spool(body, join(folder, FILE), maxBytes);
      if (bytes === 0) throw new TiltmeterError('empty_body', 'the file is empty');
      const whole = { ...kept, bytes, at: clock() };
      this.#kept.set(id, whole);
      return whole;
    } catch (error) {
      await this.#drop(id, folder);
      throw (error as { code?: string }).code === 'ENOSPC' ? new TiltmeterError('disk_full') : error;
    }
  }

  /** Errors: not_found, also where it is another's or this server has none of it any more. */
  find(owner: Actor, id: string): KeptUpload {
    const kept = this.#kept.get(id);
    if (kept === undefined || kept.owner !== owner.id)
      throw new TiltmeterError('not_found', 'the upload is not here any more: send the file again');
    kept.at = this.#options.clock();
    return kept;
  }

  async remove(owner: Actor, id: string): Promise<void> {
    const { folder, state } = this.find(owner, id);
    if (state === 'storing') throw new TiltmeterError('conflict', 'its rows are being stored');
    await this.#drop(id, folder);
  }

  /** Work that goes on behind an answer, and is waited for when the server stops. */
  track(work: Promise<unknown>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** What was sent is stored: its file goes, how it went can still be asked. */
  async stored(upload: KeptUpload): Promise<void> {
    upload.gone = true;
    upload.looked = undefined;
    await rm(join(upload.folder, FILE), { force: true, maxRetries: 5 });
  }

  /** Lets go of those that nobody asked for. */
  async forgetIdle(): Promise<void> {
    const over = this.#options.clock() - KEPT_MS;
    for (const { id, folder, at } of this.#idle()) if (at < over) await this.#drop(id, folder);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await Promise.allSettled(this.#running);
    await rm(this.#options.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Those that are not being sent or stored, the oldest first. */
  #idle(): KeptUpload[] {
    return [...this.#kept.values()]
      .filter(({ state, bytes }) => state !== 'storing' && bytes > 0)
      .sort((a, b) => a.at - b.at);
  }

  /** Lets go of those that nobody asked for, then of the oldest that are not being stored: the sender's own, then anybody's. */
  async #takePlace(upload: KeptUpload): Promise<void> {
    const { id: place, owner } = upload;
    await this.forgetIdle();
    const own = () => [...this.#kept.values()].filter((each) => each.owner === owner).length;
    const full = () => own() >= MOST_OWN || this.#kept.size >= MOST;
    const mine = this.#idle().filter((each) => each.owner === owner);
    for (const { id, folder } of mine) if (full()) await this.#drop(id, folder);
    for (const { id, folder } of this.#idle())
      if (own() < MOST_OWN && this.#kept.size >= MOST) await this.#drop(id, folder);
    if (full())
      throw new TiltmeterError('too_many_requests', 'too many files are being sent or stored', {
        retryAfter: 10,
      });
    // In the same turn as it was looked: of many that come at once each has its own.
    this.#kept.set(place, upload);
  }

  async #drop(id: string, folder: string): Promise<void> {
    this.#kept.delete(id);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function spool(body: AsyncIterable<Buffer>, path: string, maxBytes: number): Promise<number> {
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  }
  await pipeline(Readable.from(counted(body)), createWriteStream(path, { mode: 0o600 }));
  return bytes;
}

function tooLarge(maxBytes: number): TiltmeterError {
  const most = `${Math.round(maxBytes / 1024 / 1024)} MiB`;
  return new TiltmeterError(
    'body_too_large',
    `the file is larger than ${most}; "tiltmeter import" and "tiltmeter reference add" read larger ones where they lie`,
  );
}

/** An upload as the API shows it. */
export function shownUpload({ id, name, bytes, state, rows, summary, error }: KeptUpload): Upload {
  return { id, name, bytes, state, rows, summary, error };
}
