/**
 * Load generator, a process of its own: `load.ts <address> <key> <connections> <seconds>`. Requests of 2,000 samples, one of each of 2,000 series with ten
 * labels, as Prometheus sends them; 32 such requests go round, each time fifteen seconds later. Only moments are written and the whole is packed anew for each request.
 */
import { Agent, request } from 'node:http';
import { compressSync } from 'snappy';
import { encoded, V1 } from '../../server/telemetry/remote-write/messages.testing.ts';

const SAMPLES = 2_000;
const BODIES = 32;
const SCRAPE_MS = 15_000;
/** Bytes of a moment of this century as varint. */
const MOMENT_BYTES = 6;
const [address, key, connections, seconds] = process.argv.slice(2) as [string, string, string, string];

interface Body {
  readonly bytes: Buffer;
  /** Where the moments of its samples end. */
  readonly ends: readonly number[];
  time: number;
}

const start = Date.now() - 20 * 24 * 3_600_000;

function body(n: number): Body {
  const parts: Buffer[] = [];
  const ends: number[] = [];
  let length = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const labels = Object.entries({
      __name__: `container_metric_${i % 200}_total`,
      container: 'main',
      cpu: String(i % 8),
      instance: `10.0.${n}.${i % 40}:10250`,
      job: 'kubelet',
      namespace: 'ml',
      node: `node-${n}`,
      pod: `churn-7f9c8d6b5f-${n}x${i % 50}`,
      series: String(i),
      tiltmeter_model: 'churn',
    }).map(([name, value]) => ({ name, value }));
    const part = encoded('WriteRequest', {
      timeseries: [{ labels, samples: [{ value: i + n / 7, timestamp: start }] }],
    });
    parts.push(part);
    length += part.length;
    ends.push(length);
  }
  return { bytes: Buffer.concat(parts), ends, time: start };
}

function next({ bytes, ends, time }: Body): Buffer {
  const varint: number[] = [];
  for (let left = time; varint.length < MOMENT_BYTES; left = Math.floor(left / 128))
    varint.push((left % 128) | (varint.length < MOMENT_BYTES - 1 ? 128 : 0));
  for (const end of ends) for (let i = 0; i < MOMENT_BYTES; i++) bytes[end - MOMENT_BYTES + i] = varint[i]!;
  return compressSync(bytes) as Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const bodies = Array.from({ length: BODIES }, (_, n) => body(n));
let [stored, refused, bytes] = [0, 0, 0];

function send(packed: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': V1,
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      'content-length': packed.length,
    };
    const sending = request(`${address}/api/v1/write`, { method: 'POST', agent, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      reply.on('end', () => {
        if (reply.statusCode === 204) stored += SAMPLES;
        else if (reply.statusCode === 429) refused++;
        else return reject(new Error(`${reply.statusCode} ${text}`));
        bytes = packed.length;
        resolve();
      });
    });
    sending.on('error', reject);
    sending.end(packed);
  });
}

const begun = performance.now();
const until = Number(seconds) * 1000;
const latencies: number[] = [];
// Of each body one request is under way: samples of a series come in their order, as Prometheus's shards send them.
await Promise.all(
  Array.from({ length: Number(connections) }, async (_, connection) => {
    for (let _round = 0; ; _round++)
      for (let n = connection; n < BODIES; n += Number(connections)) {
        const began = performance.now();
        if (began - begun >= until) return;
        const own = bodies[n]!;
        own.time += SCRAPE_MS;
        await send(next(own));
        latencies.push(performance.now() - began);
      }
  }),
);
const elapsed = (performance.now() - begun) / 1000;
latencies.sort((a, b) => a - b);
const quantile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? null;
process.stdout.write(
  JSON.stringify({
    stored,
    rate: stored / elapsed,
    refused,
    p50: quantile(0.5),
    p99: quantile(0.99),
    bytes: bytes / SAMPLES,
  }),
);
agent.destroy();
