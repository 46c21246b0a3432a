import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SentProfile } from '../contract/sent-profile.ts';
import { writeWhole } from './write-whole.ts';

const zip = promisify(gzip);

/** A piece that waits: its profiles as lines of JSON, in gzip. */
export interface Waiting {
  readonly path: string;
  readonly sequence: number;
  /** Predictions that it counts. */
  readonly rows: number;
  readonly bytes: number;
}

const NAME = /^(\d{12})-(\d+)\.ndjson\.gz$/;
const OPEN = /^open-(\d{12}-\d+\.ndjson\.gz)$/;

const nameOf = (sequence: number, rows: number) => `${String(sequence).padStart(12, '0')}-${rows}.ndjson.gz`;

/** The pieces of a folder that wait, oldest first. */
export async function waiting(folder: string): Promise<Waiting[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  const found = await Promise.all(
    names.map(async (name): Promise<Waiting | undefined> => {
      const path = join(folder, name);
      const [, sequence, rows] = NAME.exec(name)!;
      // It may have been sent, or exported, a moment ago.
      const size = await stat(path).catch(() => undefined);
      return size && { path, sequence: Number(sequence), rows: Number(rows), bytes: size.size };
    }),
  );
  return found.filter((piece) => piece !== undefined);
}

/** Writes what a piece counts so far, in place of what it counted before. */
export async function save(
  folder: string,
  piece: { readonly sequence: number; readonly rows: number },
  profiles: readonly SentProfile[],
): Promise<void> {
  const lines = profiles.map((profile) => `${JSON.stringify(profile)}\n`).join('');
  const name = `open-${nameOf(piece.sequence, piece.rows)}`;
  await writeWhole(join(folder, name), await zip(lines));
  for (const other of await readdir(folder))
    if (OPEN.test(other) && other !== name) await rm(join(folder, other), { force: true });
}

/** Removes what was half written when a process died. */
export async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith('.half')) await rm(join(folder, name), { force: true });
}

/** The piece that was open waits from now on: also that of a process that died. */
export async function end(folder: string): Promise<void> {
  const open = (await readdir(folder)).filter((name) => OPEN.test(name)).sort();
  // Of two, the process died between writing the one and removing the other: the larger one counts all of the smaller.
  const kept = open.sort((a, b) => rowsOf(a) - rowsOf(b)).at(-1);
  for (const name of open) {
    if (name === kept) await rename(join(folder, name), join(folder, OPEN.exec(name)![1]!));
    else await rm(join(folder, name), { force: true });
  }
}

function rowsOf(name: string): number {
  return Number(NAME.exec(OPEN.exec(name)![1]!)![2]);
}

/** Removes the oldest pieces until the others fit, and says which. */
export async function makeRoom(folder: string, bytes: number): Promise<Waiting[]> {
  const pieces = await waiting(folder);
  let all = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  const gone: Waiting[] = [];
  for (const piece of pieces.slice(0, -1)) {
    if (all <= bytes) break;
    await rm(piece.path, { force: true });
    all -= piece.bytes;
    gone.push(piece);
  }
  return gone;
}
