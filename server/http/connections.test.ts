import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { boundConnections } from './connections.ts';

let server: Server;
const sockets: Socket[] = [];
const refused: string[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  refused.length = 0;
  server.close();
});

async function serve(most: number, mostOfAddress: number, trusted: readonly string[] = []): Promise<void> {
  server = createServer((_request, reply) => reply.end('here'));
  boundConnections(server, { most, mostOfAddress }, trusted, (address) => refused.push(address));
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
