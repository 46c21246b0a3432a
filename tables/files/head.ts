import { TiltmeterError } from '../../contract/errors.ts';
import { compressionOf, firstBytes } from './compression.ts';
import { decompressed } from './decompressed.ts';

/** Beginning of a file from which its layout is read. */
export const HEAD_BYTES = 1 << 20;

/**
 * The first `limit` decompressed bytes of a file.
 * @throws unreadable_table when it cannot be decompressed that far.
 */
export async function head(file: string, limit: number): Promise<Buffer> {
  if (compressionOf(file) === null) return firstBytes(file, limit);
  const chunks: Buffer[] = [];
  let length = 0;
  const source = decompressed(file);
  try {
    for await (const chunk of source) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= limit) break;
    }
  } catch (cause) {
    throw new TiltmeterError(
      'unreadable_table',
      `${file}: cannot be decompressed; it is truncated or damaged`,
      { cause },
    );
  } finally {
    source.destroy();
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
