import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last `limit` bytes of a file that is not compressed. */
export function tail(file: string, limit: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(limit, size));
    return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, size - buffer.length));
  } finally {
    closeSync(descriptor);
  }
}
