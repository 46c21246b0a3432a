/**
 * An honest sender, a process of its own: `honest.ts <address> <key> <requests a second> <predictions a request>`. It sends at that rate, whether or not answers have
 * come, until it is told to stop, and tells of each request how long it took from the moment it was due.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Body, body } from '../ingest/bodies.ts';

export interface Told {
  /** When it was due, epoch milliseconds. */
  readonly due: number;
  readonly ms: number;
  /** Predictions that were acknowledged. */
  readonly stored: number;
  /** `200`, or why it was not stored. */
  readonly answer: string;
}

const [address, key, perSecond, rows] = process.argv.slice(2) as [string, string, string, string];
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const free: Body[] = Array.from({ length: 64 }, (_, i) => body(process.pid * 100 + i, 'bench', Number(rows)));
let going = true;
process.on('message', () => {
  going = false;
});

function send(bytes: Buffer): Promise<Pick<Told, 'stored' | 'answer'>> {
  return new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
      'content-length': bytes.length,
    };
    const sending = request(`${address}/api/v1/predictions`, { method: 'POST', agent, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      reply.once('end', () => {
        const stored = reply.statusCode === 200 ? (JSON.parse(text) as { stored: number }).stored : 0;
        resolve({ stored, answer: String(reply.statusCode) });
      });
      reply.once('error', ({ message }) => resolve({ stored: 0, answer: message }));
    });
    sending.once('error', ({ message }) => resolve({ stored: 0, answer: message }));
    sending.end(bytes);
  });
}

const began = Date.now();
const under = new Set<Promise<void>>();
for (let n = 0; going; n++) {
  const due = began + (n * 1000) / Number(perSecond);
  while (Date.now() < due) await sleep(Math.max(1, due - Date.now()));
  const payload = free.pop() ?? body(process.pid * 100 + 100 + n, 'bench', Number(rows));
  payload.renew();
  const one = send(payload.bytes).then((reply) => {
    free.push(payload);
    under.delete(one);
    process.send!({ due, ms: Date.now() - due, ...reply } satisfies Told);
  });
  under.add(one);
}
await Promise.all(under);
agent.destroy();
process.disconnect();
