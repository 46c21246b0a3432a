import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { TiltmeterError } from '../../contract/errors.ts';
import { compressionOf } from './compression.ts';

/** The bytes of a file, decompressed. Destroying the stream closes the file. @param source the file as it lies on the disk. */
export function decompressed(file: string, source: Readable = createReadStream(file)): Readable {
  switch (compressionOf(file)) {
    case null:
      return source;
    case 'gz':
      return pipeline(source, createGunzip(), ignored);
    case 'zst':
      return pipeline(source, createZstdDecompress(), ignored);
    default:
      source.destroy();
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is compressed with bzip2 or xz, which is not read; decompress it, or compress it with gzip or zstd`,
      );
  }
}

/** Failures reach whoever reads the stream. */
function ignored(): void {}
