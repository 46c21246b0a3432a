import { type FileHandle, open, rename } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { cellsOf, IdSet, SHARDS, type Shard } from './id-set.ts';
import type { Slice } from './slices.ts';

/** What a file says of itself; raised with every change of hash or layout. */
const VERSION = 1;
/** At the end: length and checksum of what the file says of itself. */
const TAIL_BYTES = 8;
const LARGEST_TOLD = 16 * 1024 * 1024;

const Told = z.object({
  version: z.literal(VERSION),
  /** Which lake the ids are of. */
  lake: z.string(),
  from: z.number(),
  to: z.number(),
  tables: z.array(z.string()),
  shards: z
    .array(z.object({ buckets: z.int(), count: z.int(), extra: z.int(), checksum: z.int() }))
    .length(SHARDS),
});

/** What a file is good for: it holds every id of these tables that was received in `[from, to)`. */
export interface Claim {
  readonly lake: string;
  readonly from: number;
  readonly to: number;
  readonly tables: readonly string[];
}

/**
 * Writes a slice: the tables of its shards as they lie in memory, what they are good for behind them, both with checksums.
 * The file appears whole or not at all. A slice that is not the newest any more gives back what it had for growing.
 */
export async function writeSlice(path: string, slice: Slice, claim: Claim, fit: boolean): Promise<void> {
  const file = await open(`${path}.new`, 'w');
  try {
    const shards = [];
    for (let i = 0; i < SHARDS; i++) {
      // Copied at one moment: ids come in while the file is written.
      const { buckets, count, cells, extra } = fit ? slice.set.fit(i) : slice.set.shard(i);
      const extras = Float64Array.from(extra);
      const bytes = Buffer.concat([bytesOf(cells), bytesOf(extras)]);
      shards.push({ buckets, count, extra: extras.length, checksum: crc32(bytes) });
      await file.writeFile(bytes);
    }
    const told = Buffer.from(JSON.stringify({ version: VERSION, ...claim, shards }));
    const tail = Buffer.alloc(TAIL_BYTES);
    tail.writeUInt32LE(told.length, 0);
    tail.writeUInt32LE(crc32(told), 4);
    await file.writeFile(Buffer.concat([told, tail]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** The claim of a file without its ids. Throws when the file is not whole. */
export async function readClaim(path: string): Promise<Claim & { readonly bytes: number }> {
  return withFile(path, async (file, size) => ({ ...(await readTold(file, size)), bytes: size }));
}

/** The ids of a file. Throws when it is not whole. */
export async function readIdSet(path: string): Promise<IdSet> {
  return withFile(path, async (file, size) => {
    const { shards } = await readTold(file, size);
    const read: Shard[] = [];
    let at = 0;
    for (const { buckets, count, extra, checksum } of shards) {
      const bytes = await readAt(file, at, 4 * cellsOf(buckets) + 8 * extra);
      if (crc32(bytes) !== checksum) throw new Error('a checksum is wrong');
      at += bytes.length;
      const cells = new Int32Array(bytes.buffer, 0, cellsOf(buckets));
      read.push({ buckets, count, cells, extra: new Set(new Float64Array(bytes.buffer, cells.byteLength)) });
    }
    return new IdSet(read);
  });
}

async function withFile<T>(path: string, read: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await read(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

async function readTold(file: FileHandle, size: number): Promise<z.infer<typeof Told>> {
  const tail = await readAt(file, size - TAIL_BYTES, TAIL_BYTES);
  const length = tail.readUInt32LE(0);
  if (length > LARGEST_TOLD) throw new Error('the file is cut off');
  const told = await readAt(file, size - TAIL_BYTES - length, length);
  if (crc32(told) !== tail.readUInt32LE(4)) throw new Error('a checksum is wrong');
  return Told.parse(JSON.parse(told.toString()));
}

/** In memory of its own, aligned for every kind of number. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0 || position < 0) throw new Error('the file is cut off');
    done += bytesRead;
  }
  return bytes;
}

function bytesOf(numbers: Int32Array | Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
