import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { Budget } from '../budget.ts';
import { readBody } from './body.ts';

const MB = 1024 * 1024;

const limits = (maxBytes: number) => ({ maxBytes, pace: { bytes: 1, ms: 10_000 } });

async function read(body: Buffer | Buffer[], encoding?: string, maxBytes = MB, budget = new Budget(64 * MB)) {
  const source = Readable.from(Array.isArray(body) ? body : chunked(body), { objectMode: false });
  return (await readBody(source, encoding, limits(maxBytes), budget.open('a'))).toString();
}

function chunked(body: Buffer, size = 1000): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) chunks.push(body.subarray(at, at + size));
  return chunks;
}

const repeated = (part: Buffer, times: number) => Buffer.concat(Array<Buffer>(times).fill(part));

/** Says in its head (RFC 8878, 3.1.1.1) that 2^27 bytes must be kept for it, and has one raw block of one byte. */
const WIDE = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88, 0x09, 0x00, 0x00, 0x78]);

const text = '{"model":"m"}\n'.repeat(5000);
const noise = randomBytes(50_000).toString('hex');

test.each([
  ['plain', undefined, Buffer.from(text)],
  ['identity', 'identity', Buffer.from(text)],
  ['gzip', 'gzip', gzipSync(text)],
  ['gzip in two members', 'gzip', Buffer.concat([gzipSync(text.slice(0, 700)), gzipSync(text.slice(700))])],
  ['zstd', 'zstd', zstdCompressSync(text)],
  [
    'zstd in two frames',
    'zstd',
    Buffer.concat([zstdCompressSync(text.slice(0, 700)), zstdCompressSync(text.slice(700))]),
  ],
])('%s', async (_name, encoding, body) => {
  expect(await read(body, encoding)).toBe(text);
});

test('an empty body is empty', async () => {
  expect(await read(Buffer.alloc(0))).toBe('');
});

test.each([
  ['encoding that is not supported', Buffer.from('x'), 'br', 'unsupported_encoding'],
  ['not gzip', Buffer.from('hello'), 'gzip', 'invalid_compression'],
  ['gzip cut off', gzipSync(noise).subarray(0, 20_000), 'gzip', 'invalid_compression'],
  ['zstd cut off', zstdCompressSync(noise).subarray(0, 20_000), 'zstd', 'invalid_compression'],
  [
    'zstd and then something else',
    Buffer.concat([zstdCompressSync(noise), Buffer.from('more')]),
    'zstd',
    'invalid_compression',
  ],
  ['too large', Buffer.alloc(2 * MB), undefined, 'body_too_large'],
  ['gzip bomb', gzipSync(Buffer.alloc(300 * MB)), 'gzip', 'body_too_large'],
  ['zstd bomb', zstdCompressSync(Buffer.alloc(300 * MB)), 'zstd', 'body_too_large'],
  ['frames without end', repeated(zstdCompressSync(''), 100_000), 'zstd', 'invalid_compression'],
  ['members without content, and without end', repeated(gzipSync(''), 2000), 'gzip', 'invalid_compression'],
  ['a frame that wants a window of 128 MB', WIDE, 'zstd', 'invalid_compression'],
])('%s', async (_name, body, encoding, code) => {
  const budget = new Budget(64 * MB);
  await expect(read(body, encoding, MB, budget)).rejects.toMatchObject({ code });
  expect(budget.held).toBeLessThanOrEqual(2 * MB);
});

test('a body of single bytes weighs what it costs, and is one piece of memory', async () => {
  const singles = (count: number) => Array.from({ length: count }, () => Buffer.from('x'));
  expect(await read(singles(4000))).toBe('x'.repeat(4000));
  await expect(read(singles(5000))).rejects.toMatchObject({ code: 'body_too_large' });
});

test('a body in chunks of a few bytes is not read on', async () => {
  const slowly = (size: number, around: number) => {
    const source = Readable.from(chunked(Buffer.alloc(100_000), size), { objectMode: false });
    let came = 0;
    const arrived = () => (came += size + around);
    const budget = new Budget(64 * MB).open('a');
    return readBody(source, undefined, { ...limits(64 * MB), arrived }, budget);
  };
  expect(await slowly(50, 6)).toHaveLength(100_000);
  await expect(slowly(1, 6)).rejects.toMatchObject({ code: 'invalid_request' });
});

test('no room in the queue', async () => {
  const budget = new Budget(3000);
  budget.open('b').take(2500);
  await expect(read(Buffer.from(text), undefined, MB, budget)).rejects.toMatchObject({
    code: 'too_many_requests',
  });
});

test.each([
  ['no room in the queue', Buffer.from(text), undefined, 3000, 'too_many_requests'],
  ['not gzip', Buffer.from(text), 'gzip', 64 * MB, 'invalid_compression'],
  ['too large', Buffer.alloc(1.5 * MB), undefined, 64 * MB, 'body_too_large'],
])(
  '%s: refused once the whole body is in, its room given back',
  async (_name, body, encoding, room, code) => {
    const budget = new Budget(room);
    const other = budget.open('b');
    other.take(2500);
    const source = Readable.from(chunked(body), { objectMode: false });
    await expect(readBody(source, encoding, limits(MB), budget.open('a'))).rejects.toMatchObject({ code });
    expect(source.readableEnded).toBe(true);
    expect(budget.held).toBe(2500);
  },
);

test('what is read in vain is told before more of it is read', async () => {
  const told: number[] = [];
  const wasted = async (bytes: number) => void told.push(bytes);
  const source = Readable.from(chunked(Buffer.alloc(3000)), { objectMode: false });
  const reading = readBody(source, undefined, { ...limits(1500), wasted }, new Budget(64 * MB).open('a'));
  await expect(reading).rejects.toMatchObject({ code: 'body_too_large' });
  // The two chunks that were one too many, and what came behind them.
  expect(told).toEqual([2000, 1000]);
});

test('of a large body each chunk is read in turn with other senders, a small one as it comes', async () => {
  const turns = async (bytes: number) => {
    let taken = 0;
    const turn = async () => void taken++;
    const source = Readable.from(chunked(Buffer.alloc(bytes), 64 * 1024), { objectMode: false });
    await readBody(source, undefined, { ...limits(64 * MB), turn }, new Budget(64 * MB).open('a'));
    return taken;
  };
  expect(await turns(200_000)).toBe(0);
  expect(await turns(4 * MB)).toBe(60);
});

/** A body that goes on for as long as it is read. */
function endless(chunk: Buffer, everyMs: number): Readable {
  let timer: NodeJS.Timeout | undefined;
  return new Readable({
    read() {
      timer = setTimeout(() => this.push(chunk), everyMs);
    },
    destroy(_error, done) {
      clearTimeout(timer);
      done(null);
    },
  });
}

describe('a body that takes room and does not come', () => {
  const pace = { bytes: 100, ms: 50 };
  const slowly = async (source: Readable, encoding?: string) => {
    const budget = new Budget(64 * MB);
    const reading = readBody(source, encoding, { maxBytes: MB, pace }, budget.open('a'));
    await expect(reading).rejects.toMatchObject({ code: 'too_slow' });
    expect(budget.held).toBe(0);
    source.destroy();
  };

  test('is given up when nothing comes any more', async () => {
    const source = new Readable({ read() {} });
    source.push(Buffer.alloc(1000));
    await slowly(source);
  });

  test.each([
    [undefined, Buffer.from(noise)],
    ['gzip', gzipSync(noise)],
    ['zstd', zstdCompressSync(noise)],
  ])('is given up when it only drips (%s)', async (encoding, body) => {
    const source = endless(Buffer.alloc(1), 5);
    const push = source.push.bind(source);
    let at = 0;
    source.push = () => push(body.subarray(at, ++at));
    await slowly(source, encoding);
  });

  test('is taken however long it takes, at the pace', async () => {
    let left = 20;
    const source = endless(Buffer.alloc(50), 5);
    const push = source.push.bind(source);
    source.push = (chunk) => push(left-- > 0 ? chunk : null);
    const body = await readBody(source, undefined, { maxBytes: MB, pace }, new Budget(MB).open('a'));
    expect(body.length).toBe(1000);
  });
});

test('a connection that breaks is no defect', async () => {
  const source = new Readable({ read() {} });
  source.push('x');
  setImmediate(() => source.destroy(new Error('aborted')));
  const reading = readBody(source, undefined, limits(MB), new Budget(MB).open('a'));
  await expect(reading).rejects.toMatchObject({ code: 'sender_gone' });
});

test('nothing is unpacked any more once the sender is gone', async () => {
  const gone = new AbortController();
  const body = repeated(zstdCompressSync(noise), 200);
  const budget = new Budget(64 * MB);
  const reading = readBody(
    Readable.from(chunked(body, 100_000), { objectMode: false }),
    'zstd',
    { ...limits(64 * MB), gone: gone.signal },
    budget.open('a'),
  );
  await vi.waitUntil(() => budget.held > body.length, { interval: 1 });
  gone.abort();
  await expect(reading).rejects.toMatchObject({ code: 'sender_gone' });
  expect(budget.held).toBe(0);
});
