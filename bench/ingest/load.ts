/**
 * Load generator, a process of its own: `load.ts <address> <key> closed|open <requests a second or connections> <seconds> [keyed|plain] [rows]`.
 * `keyed`: every request has an Idempotency-Key, as the official clients send one. `rows`: predictions of one request.
 */
import { Agent, request } from 'node:http';
import { type Body, body, ROWS } from './bodies.ts';

const [address, key, mode, amount, seconds, keyed, size = String(ROWS)] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string | undefined,
  string | undefined,
];
const perRequest = Number(size);
const durationMs = Number(seconds) * 1000;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const bodies: Body[] = Array.from({ length: 96 }, (_, i) => body(process.pid * 100 + i, 'bench', perRequest));
const free = [...bodies];
const latencies: number[] = [];
let rows = 0;
let refused = 0;
let sent = 0;

function send(payload: Body): Promise<void> {
  payload.renew();
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
      'content-length': payload.bytes.length,
      ...(keyed === 'keyed' ? { 'idempotency-key': `${process.pid}-${++sent}` } : {}),
    };
    const sending = request(`${address}/api/v1/predictions`, { method: 'POST', agent, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (chunk: string) => {
        text += chunk;
      });
      reply.on('end', () => {
        if (reply.statusCode === 200) rows += (JSON.parse(text) as { stored: number }).stored;
        else if (reply.statusCode === 429) refused++;
        else return reject(new Error(`${reply.statusCode} ${text}`));
        resolve();
      });
    });
    sending.on('error', reject);
    sending.end(payload.bytes);
  });
}

const begun = performance.now();

/** As fast as it goes, a fixed number of requests at a time. */
async function closed(connections: number): Promise<void> {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const payload = free.pop()!;
      while (performance.now() - begun < durationMs) await send(payload);
    }),
  );
}

/** At a fixed rate, whether or not answers have come: latency counts from the moment a request was due. */
async function open(perSecond: number): Promise<void> {
  const under: Promise<void>[] = [];
  for (let n = 0; (n * 1000) / perSecond < durationMs; n++) {
    const due = begun + (n * 1000) / perSecond;
    while (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - performance.now())));
    const payload = free.pop() ?? body(process.pid * 100 + 100 + n, 'bench', perRequest);
    under.push(
      send(payload).then(() => {
        latencies.push(performance.now() - due);
        free.push(payload);
      }),
    );
  }
  await Promise.all(under);
}

await (mode === 'open' ? open(Number(amount)) : closed(Number(amount)));
const elapsed = (performance.now() - begun) / 1000;
latencies.sort((a, b) => a - b);
const quantile = (share: number) =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? null;
const result = {
  rows,
  rate: rows / elapsed,
  refused,
  p50: quantile(0.5),
  p99: quantile(0.99),
  requests: rows / perRequest,
};
process.stdout.write(JSON.stringify(result));
agent.destroy();
