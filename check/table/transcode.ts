import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Encoding } from './text-shape.ts';

/** Writes a text file as plain UTF-8 without byte order mark to `target`, in constant memory. */
export async function transcode(file: string, encoding: Encoding, target: string): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const utf8 = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };
  const source = createReadStream(file);
  const sink = createWriteStream(target, 'utf8');
  if (/\.gz$/i.test(file)) await pipeline(source, createGunzip(), utf8, sink);
  else if (/\.zst$/i.test(file)) await pipeline(source, createZstdDecompress(), utf8, sink);
  else await pipeline(source, utf8, sink);
}
