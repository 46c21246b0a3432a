import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeUnread } from './close-unread.ts';

let http: FastifyInstance;
beforeAll(async () => {
  http = Fastify();
  closeUnread(http, { bytes: 100_000, ms: 160 });
  http.addHook('onRequest', async (_request, reply) => void reply.code(401).send('who are you?'));
  http.post('/', () => 'never');
  await http.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => http.close());

function post(length: number): Socket {
  const socket = connect((http.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket
    .setEncoding('latin1')
    .write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
  return socket;
}

const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

test('who is refused and goes on sending is answered, read for a while, and closed', async () => {
  const socket = post(10_000_000_000);
  let sent = 0;
  const piece = Buffer.alloc(1_000_000);
  const more = () => {
    sent += piece.length;
    if (!socket.destroyed) socket.write(piece, more);
  };
  more();
  expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 401');
  await closed(socket);
  expect(sent).toBeLessThan(1_000_000_000);
});

test('who sends a byte now and then is closed, too', async () => {
  const socket = post(1000);
  const dripping = setInterval(() => socket.write(' '), 10);
  await closed(socket);
  clearInterval(dripping);
});

test('whose body comes whole keeps the connection', async () => {
  const socket = post(200_000);
  await once(socket, 'data');
  socket.write(Buffer.alloc(200_000));
  await new Promise((resolve) => setTimeout(resolve, 400));
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
  expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 401');
  socket.destroy();
});
