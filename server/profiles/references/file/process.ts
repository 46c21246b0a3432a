import { copyFile, link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, TiltmeterError } from '../../../../contract/errors.ts';
import { inChild } from './in-child.ts';
import type { FoundFile } from './open-file.ts';
import type { MadeProfiles, ProfilePlan, ReferenceFile } from './read-file.ts';

/** What the file is called in the folder that the process works in: what is said of it names it so. */
export const FILE = 'the file';

/** What the process is asked, one after the other. */
export type Ask =
  | { readonly kind: 'read'; readonly contentType: string }
  | { readonly kind: 'profile'; readonly plan: ProfilePlan };

export type Answer =
  | { readonly kind: 'found'; readonly found: FoundFile }
  | { readonly kind: 'made'; readonly made: MadeProfiles }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface ReadingLimits {
  /** From the start of the process to its last answer. */
  readonly withinMs: number;
  /** Memory of what is kept of the file, in MiB. */
  readonly heapMb: number;
  /** Whoever asked is gone. */
  readonly signal?: AbortSignal | undefined;
  /** The file lies on the disk: the caller need not hold it any longer. */
  readonly taken?: (() => void) | undefined;
}

export const READING_LIMITS = { withinMs: 180_000, heapMb: 768 } as const;

/** Its bytes, or where it lies already. */
export type Body = Uint8Array | { readonly path: string };

/** One file is read at a time, so that the memory it takes is bounded for all of them together. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Reads a reference file in a process of its own: parsing takes seconds, senders wait for their answers meanwhile, and the
 * memory it took goes back when it ends. `use` gets the file and says what is to be profiled; the process ends with it.
 * Errors: empty_body, invalid_json, invalid_request (not a table), reference_too_large.
 */
export function withReferenceFile<T>(
  body: Body,
  contentType: string,
  limits: ReadingLimits,
  use: (file: ReferenceFile) => Promise<T>,
): Promise<T> {
  const mine = turn.then(() => inProcess(body, contentType, limits, use));
  turn = mine.catch(() => {});
  return mine;
}

async function inProcess<T>(
  body: Body,
  contentType: string,
  limits: ReadingLimits,
  use: (file: ReferenceFile) => Promise<T>,
): Promise<T> {
  limits.signal?.throwIfAborted();
  // Whatever is left of a process that is killed goes with this folder.
  const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-reference-'));
  try {
    await place(body, join(folder, FILE));
    limits.taken?.();
    return await readIn(folder, contentType, limits, use);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function place(body: Body, path: string): Promise<void> {
  if (body instanceof Uint8Array) await writeFile(path, body, { mode: 0o600 });
  // A second name costs nothing; on another disk there is none.
  else await link(body.path, path).catch(() => copyFile(body.path, path));
}

async function readIn<T>(
  folder: string,
  contentType: string,
  limits: ReadingLimits,
  use: (file: ReferenceFile) => Promise<T>,
): Promise<T> {
  const tooLarge = () =>
    new TiltmeterError('reference_too_large', 'reading the file took more time or memory than it may');
  const program = fileURLToPath(new URL('./child.ts', import.meta.url));
  return inChild<Ask, Answer, T>(program, folder, { ...limits, ended: tooLarge }, async (ask) => {
    const answer = await ask({ kind: 'read', contentType });
    if (answer.kind !== 'found') throw unexpected(answer);
    return use({
      found: answer.found,
      async profile(plan) {
        const made = await ask({ kind: 'profile', plan });
        if (made.kind !== 'made') throw unexpected(made);
        return made.made;
      },
    });
  });
}

function unexpected(answer: Answer): Error {
  if (answer.kind === 'refused') return new TiltmeterError(answer.code, answer.message);
  return new Error(answer.kind === 'failed' ? answer.message : `not what was asked for: ${answer.kind}`);
}
