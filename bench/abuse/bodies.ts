import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Abuse, flood, head, predictions, sockets } from './target.ts';

const MB = 1024 * 1024;
const GZIP = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
const ZSTD = { 'content-encoding': 'zstd', 'content-type': 'application/json' };
const JSON_TYPE = { 'content-type': 'application/json' };
const repeated = (part: Buffer, times: number) => Buffer.concat(Array<Buffer>(times).fill(part));

/** The same body again and again, on some connections. */
function bomb(name: string, headers: Record<string, string>, make: () => Buffer): Abuse {
  return {
    name,
    run(target) {
      const body = make();
      return flood(target, 4, () => predictions(target, body, headers));
    },
  };
}

/** Says that 128 MB must be kept for it, and never goes on. */
const WIDE = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x08, 0x00, 0x00]);

/** A little that becomes much. */
export const BODIES: readonly Abuse[] = [
  bomb('16 million brackets in 16 KB', GZIP, () => gzipSync('['.repeat(8 * MB) + ']'.repeat(8 * MB - 1))),
  bomb('events nested 500,000 deep', JSON_TYPE, () =>
    Buffer.from(
      `[${Array(10)
        .fill('['.repeat(500_000) + ']'.repeat(500_000))
        .join()}]`,
    ),
  ),
  bomb('five million empty objects', GZIP, () => gzipSync(`[${'{},'.repeat(5 * MB)}{}]`)),
  bomb('100,000 refused events a request', GZIP, () => gzipSync('{}\n'.repeat(99_999))),
  bomb('gzip: 200 MB of zeros', GZIP, () => gzipSync(Buffer.alloc(200 * MB))),
  bomb('zstd: 200 MB of zeros', ZSTD, () => zstdCompressSync(Buffer.alloc(200 * MB))),
  bomb('zstd: 20,000 empty frames', ZSTD, () => repeated(zstdCompressSync(''), 20_000)),
  bomb('gzip: 800,000 empty members', GZIP, () => repeated(gzipSync(''), 800_000)),
  bomb('lines that are no UTF-8', {}, () => repeated(Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), 90_000)),
  {
    name: 'zstd: 500 frames that want 128 MB each',
    run: (target) =>
      sockets(target, 500, (socket) => {
        socket.write(head(target, MB, 'Content-Encoding: zstd\r\n'));
        socket.write(WIDE);
      }),
  },
];
