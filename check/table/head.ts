import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { TiltmeterError } from '../../contract/errors.ts';

/** The first `limit` decompressed bytes of a file. */
export async function head(file: string, limit: number): Promise<Buffer> {
  if (/\.gz$/i.test(file)) return decompressed(file, createGunzip(), limit);
  if (/\.zst$/i.test(file)) return decompressed(file, createZstdDecompress(), limit);
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(limit);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, limit, 0));
  } finally {
    closeSync(descriptor);
  }
}

async function decompressed(file: string, decoder: NodeJS.ReadWriteStream, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const source = createReadStream(file);
  try {
    for await (const chunk of source.pipe(decoder)) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= limit) break;
    }
  } catch (cause) {
    throw new TiltmeterError('unreadable_table', `${file}: cannot be decompressed; it may be truncated`, {
      cause,
    });
  } finally {
    source.destroy();
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
