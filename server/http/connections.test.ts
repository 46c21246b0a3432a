import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { boundConnections } from './connections.ts';
import { boundPipes } from './pipes.ts';

let server: Server;
const sockets: Socket[] = [];
const refused: string[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  refused.length = 0;
  server.close();
});

async function serve(
  most: number,
  mostOfAddress: number,
  trusted: readonly string[] = [],
  answer: RequestListener = (_request, reply) => void reply.end('here'),
): Promise<void> {
  server = createServer(answer);
  boundConnections(
    server,
    { most, mostOfAddress },
    trusted,
    (address) => refused.push(address),
    boundPipes(server),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Whether a connection from an address is answered on; it stays open. */
function asks(localAddress: string): Promise<boolean> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  sockets.push(socket);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return new Promise((resolve) => {
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

const closed = (socket: Socket) => {
  const gone = new Promise((resolve) => socket.once('close', resolve));
  socket.end();
  return gone;
};

test('an address has so many, others go on, and one that ends makes room', async () => {
  await serve(100, 2);
  expect([await asks('127.0.0.2'), await asks('127.0.0.2')]).toEqual([true, true]);
  expect(await asks('127.0.0.2')).toBe(false);
  expect(refused).toEqual(['127.0.0.2']);
  expect(await asks('127.0.0.1')).toBe(true);
  await closed(sockets[0]!);
  await expect.poll(() => asks('127.0.0.2')).toBe(true);
});

test('who goes on opening more is not even looked at for a while, and others are', async () => {
  await serve(100, 1);
  expect(await asks('127.0.0.2')).toBe(true);
  const more = await Promise.all(Array.from({ length: 400 }, () => asks('127.0.0.2')));
  expect(more).not.toContain(true);
  expect(refused.length).toBeGreaterThanOrEqual(100);
  expect(refused.length).toBeLessThan(400);
  expect(await asks('127.0.0.1')).toBe(true);
  await closed(sockets[0]!);
  await expect.poll(() => asks('127.0.0.2'), { timeout: 5_000 }).toBe(true);
});

test('who does so again is left out for longer', async () => {
  await serve(100, 1);
  expect(await asks('127.0.0.2')).toBe(true);
  const spans: number[] = [];
  for (let round = 0; round < 2; round++) {
    // All at once: what is closed as it came is counted until it is enough.
    await Promise.all(Array.from({ length: 300 }, () => asks('127.0.0.2')));
    const began = performance.now();
    const told = refused.length;
    await expect
      .poll(() => asks('127.0.0.2').then(() => refused.length > told), { timeout: 8_000 })
      .toBe(true);
    spans.push(performance.now() - began);
  }
  expect(spans[1]!).toBeGreaterThan(spans[0]! + 500);
});

test('who opens connections and asks nothing is not looked at for a while, and who asks is', async () => {
  await serve(1000, 1000);
  for (let i = 0; i < 20; i++) {
    expect(await asks('127.0.0.3')).toBe(true);
    sockets.pop()!.destroy();
  }
  const { port } = server.address() as AddressInfo;
  const opened = () =>
    new Promise<void>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' }, () => socket.end());
      socket.on('error', () => {}).once('close', () => resolve());
    });
  let taken = 0;
  server.on('connection', () => taken++);
  for (let i = 0; i < 300; i += 50) await Promise.all(Array.from({ length: 50 }, opened));
  expect(taken).toBeGreaterThanOrEqual(100);
  expect(taken).toBeLessThan(250);
  expect(await asks('127.0.0.1')).toBe(true);
});

test('who asks and does not wait for answers is not looked at for a while', async () => {
  await serve(1000, 1000, [], () => {});
  const { port } = server.address() as AddressInfo;
  const giveUp = () =>
    new Promise<void>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' });
      socket.on('error', () => {}).once('close', () => resolve());
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', () => setTimeout(() => socket.destroy(), 5));
    });
  let taken = 0;
  server.on('connection', () => taken++);
  for (let i = 0; i < 200; i += 10) await Promise.all(Array.from({ length: 10 }, giveUp));
  expect(taken).toBeGreaterThanOrEqual(25);
  expect(taken).toBeLessThan(150);
});

test('who sends a thousand requests and waits for no answer is closed, and soon not looked at', async () => {
  await serve(1000, 1000);
  const { port } = server.address() as AddressInfo;
  const pipe = () =>
    new Promise<void>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' });
      socket
        .on('error', () => {})
        .once('close', () => resolve())
        .resume();
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1000));
    });
  for (let i = 0; i < 10; i++) await pipe();
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(10);
  expect(await asks('127.0.0.1')).toBe(true);
});

test('all together have so many, from however many addresses', async () => {
  await serve(3, 2);
  for (const [i, is] of [true, true, true, false].entries()) expect(await asks(`127.0.0.${i + 1}`)).toBe(is);
});

test('through a trusted proxy come as many as all may have', async () => {
  await serve(3, 1, ['10.0.0.1', '127.0.0.2', '127.0.1.0/24']);
  expect([await asks('127.0.1.7'), await asks('127.0.1.7'), await asks('127.0.0.2')]).toEqual(
    Array(3).fill(true),
  );
  expect(await asks('127.0.0.2')).toBe(false);
});
