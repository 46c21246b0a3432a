import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Budget } from '../budget.ts';
import { readBody } from './body.ts';

const MB = 1024 * 1024;

async function read(body: Buffer | Buffer[], encoding?: string, maxBytes = MB, budget = new Budget(64 * MB)) {
  const source = Readable.from(Array.isArray(body) ? body : chunked(body), { objectMode: false });
  return (await readBody(source, encoding, maxBytes, budget.open())).toString();
}

function chunked(body: Buffer, size = 1000): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) chunks.push(body.subarray(at, at + size));
  return chunks;
}

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
])('%s', async (_name, body, encoding, code) => {
  const budget = new Budget(64 * MB);
  await expect(read(body, encoding, MB, budget)).rejects.toMatchObject({ code });
  expect(budget.held).toBeLessThanOrEqual(2 * MB);
});

test('no room in the queue', async () => {
  const budget = new Budget(3000);
  budget.open().take(2500);
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
    const other = budget.open();
    other.take(2500);
    const source = Readable.from(chunked(body), { objectMode: false });
    await expect(readBody(source, encoding, MB, budget.open())).rejects.toMatchObject({ code });
    expect(source.readableEnded).toBe(true);
    expect(budget.held).toBe(2500);
  },
);
