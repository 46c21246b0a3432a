import { closeSync, openSync, readSync } from 'node:fs';

export type Compression = 'gz' | 'zst' | 'bz2' | 'xz';

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ['gz', [0x1f, 0x8b]],
  ['zst', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bz2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
];

/** How a file is compressed, by its first bytes whatever its name says; null: it is not. */
export function compressionOf(file: string): Compression | null {
  const start = firstBytes(file, 6);
  return MAGIC.find(([, bytes]) => bytes.every((byte, i) => start[i] === byte))?.[0] ?? null;
}

/** The first bytes of a file as they lie on the disk. */
export function firstBytes(file: string, limit: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(limit);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, limit, 0));
  } finally {
    closeSync(descriptor);
  }
}
