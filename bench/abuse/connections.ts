import { setTimeout as sleep } from 'node:timers/promises';
import { type Abuse, head, sockets, type Target } from './target.ts';

const MB = 1024 * 1024;
const blank = Buffer.alloc(MB, 0x20);

/** A body of 4,000 bytes on a route that takes no events, by somebody or nobody. */
const slow = (name: string, line: string, keyOf?: (target: Target) => string): Abuse => ({
  name,
  run: (target) =>
    sockets(target, 500, async (socket) => {
      socket.write(
        `${line} HTTP/1.1\r\nHost: localhost\r\n${keyOf ? `Authorization: Bearer ${keyOf(target)}\r\n` : ''}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n`,
      );
      while (!socket.destroyed) {
        socket.write(' ');
        await sleep(1000);
      }
    }),
});

/** Connections that take and do not give. */
export const CONNECTIONS: readonly Abuse[] = [
  {
    name: '64 bodies of 15 MB that stop before their end',
    run: (target) =>
      sockets(target, 64, (socket) => {
        socket.write(head(target, 15 * MB));
        for (let i = 0; i < 14; i++) socket.write(blank);
      }),
  },
  {
    name: '500 bodies of a megabyte, a byte a second',
    run: (target) =>
      sockets(target, 500, async (socket) => {
        socket.write(head(target, MB));
        while (!socket.destroyed) {
          socket.write(' ');
          await sleep(1000);
        }
      }),
  },
  slow('sign-ins of which the body comes a byte a second', 'POST /api/v1/session'),
  slow(
    'new models of which the body comes a byte a second',
    'POST /api/v1/models',
    ({ writeKey }) => writeKey,
  ),
  slow('new models by nobody', 'POST /api/v1/models'),
  {
    name: 'bodies of 60 MB, announced and sent',
    run: (target) =>
      sockets(target, 4, async (socket) => {
        socket.write(head(target, 60 * MB));
        for (let i = 0; i < 60 && !socket.destroyed; i++)
          await new Promise<void>((resolve) => socket.write(blank, () => resolve()));
      }),
  },
  {
    name: 'uploads given up when they are complete',
    run: (target) =>
      sockets(target, 8, (socket) => {
        const rows = '{"model":"gone","features":{"a":1},"prediction":1}\n'.repeat(20_000);
        socket.write(head(target, rows.length).replace('json', 'x-ndjson'));
        socket.write(rows, () => socket.destroy());
      }),
  },
  { name: '10,000 open sockets', run: (target) => sockets(target, 10_000, () => {}, 4000) },
  {
    name: '2,000 heads, a line every two seconds',
    run: (target) =>
      sockets(target, 2000, async (socket) => {
        socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
        for (let i = 0; !socket.destroyed; i++) {
          await sleep(2000);
          socket.write(`X-${i}: x\r\n`);
        }
      }),
  },
  {
    name: 'connections opened and closed',
    run: (target) => sockets(target, 100, (socket) => void socket.end()),
  },
  {
    name: 'a thousand requests in one pipe, no answer read',
    run: (target) =>
      sockets(target, 20, (socket) => {
        socket.pause();
        socket.write('GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1000));
      }),
  },
  {
    name: 'text that is no HTTP',
    run: (target) =>
      sockets(target, 50, (socket) => void socket.write('\x16\x03\x01nothing of the kind\r\n\r\n')),
  },
];
