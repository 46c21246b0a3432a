import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Another machine than the honest sender's: an address of its own. */
export const FROM = '127.0.0.2';

/** Where an abuse goes, and what it has: a key that may send, one that may read, and one that may change. */
export interface Target {
  readonly address: string;
  readonly port: number;
  /** Of gRPC. */
  readonly grpcPort: number;
  readonly ingestKey: string;
  readonly readKey: string;
  readonly writeKey: string;
  /** Told when the first request or connection is made. */
  begun(): void;
  /** Aborted when it is over. */
  readonly over: AbortSignal;
}

/** What of it one process tells another. */
export type Place = Omit<Target, 'begun' | 'over'>;

/** Something that harms, done as fast as it goes until it is over. Returns the answers by status. */
export interface Abuse {
  readonly name: string;
  run(target: Target): Promise<Map<string, number>>;
}

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export const unique = () => randomBytes(8).toString('hex');

export const predictions = (target: Target, body: Buffer | string, headers = {}): Sent => ({
  path: '/api/v1/predictions',
  key: target.ingestKey,
  headers: { 'content-type': 'application/x-ndjson', ...headers },
  body,
});

/** So many connections, each sending the next request as soon as it is answered. */
export async function flood(
  target: Target,
  connections: number,
  next: () => Sent,
): Promise<Map<string, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, localAddress: FROM });
  const answers = new Map<string, number>();
  target.begun();
  const loop = async () => {
    while (!target.over.aborted) {
      const answer = await send(target, agent, next());
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      // Who is told to wait and does not is an abuser, but not one that only burns its own processor.
      if (answer === '429' || answer === 'broken') await sleep(20);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  agent.destroy();
  return answers;
}

function send({ address, over }: Target, agent: Agent, sent: Sent): Promise<string> {
  return new Promise((resolve) => {
    const { method = 'POST', path, key, headers = {}, body } = sent;
    const asked = request(
      `${address}${path}`,
      {
        method,
        agent,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (reply) => {
        reply.resume();
        reply.once('close', () => resolve(String(reply.statusCode)));
      },
    );
    const stop = () => asked.destroy();
    over.addEventListener('abort', stop, { once: true });
    asked.once('error', () => resolve(over.aborted ? 'over' : 'broken'));
    asked.once('close', () => over.removeEventListener('abort', stop));
    asked.end(body);
  });
}

/** So many raw connections at a time, made anew when they end; `use` does something with each. */
export async function sockets(
  target: Target,
  count: number,
  use: (socket: Socket) => void | Promise<void>,
  perSecond = Number.POSITIVE_INFINITY,
): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  target.begun();
  const tell = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
  const loop = async (i: number) => {
    await sleep((1000 * i) / Math.min(perSecond, 5000));
    while (!target.over.aborted) {
      const socket = connect({ host: '127.0.0.1', port: target.port, localAddress: FROM });
      socket.on('error', () => {});
      let head = '';
      socket.on('data', (chunk) => {
        if (head.length < 12) head += chunk.toString('latin1', 0, 12);
      });
      const stop = () => socket.destroy();
      target.over.addEventListener('abort', stop, { once: true });
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.once('connect', () => void use(socket));
      await closed;
      target.over.removeEventListener('abort', stop);
      tell(/^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? (target.over.aborted ? 'over' : 'closed'));
      await sleep(20);
    }
  };
  await Promise.all(Array.from({ length: count }, (_, i) => loop(i)));
  return answers;
}

export const head = (target: Target, length: number, more = '') =>
  `POST /api/v1/predictions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${target.ingestKey}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;
