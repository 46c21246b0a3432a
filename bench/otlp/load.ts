/**
 * Load generator, a process of its own: `load.ts <address> <key> <connections> <seconds> <spans a second, or 0: as fast as it goes>`.
 * Bodies are made before it begins, each of 512 spans of one service, as an SDK's batch processor sends them.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageType } from '../../server/telemetry/otlp/messages.ts';

const SPANS = 512;
const [address, key, connections, seconds, rate] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const whole = (key: string, value: number) => ({ key, value: { intValue: value } });

/** The bytes of a message as a field of another one. */
function within(field: number, ...parts: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  const length: number[] = [];
  let left = bytes.length;
  for (; left > 127; left >>>= 7) length.push((left & 127) | 128);
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...length, left]), bytes]);
}

function encoded(type: string, value: object): Buffer {
  const message = messageType(type);
  return Buffer.from(message.encode(message.fromObject(value)).finish());
}

const resource = encoded('Resource', {
  attributes: [
    text('service.name', 'churn-api'),
    text('service.version', '1.4.2'),
    text('host.name', 'pod-7f9c'),
    text('telemetry.sdk.language', 'python'),
    text('telemetry.sdk.name', 'opentelemetry'),
    text('deployment.environment', 'production'),
  ],
});

function body(seed: number): Buffer {
  const spans = Array.from({ length: SPANS }, (_, i) => {
    const id = Buffer.alloc(16);
    id.writeUInt32BE(seed + 1, 0);
    id.writeUInt32BE((i >> 3) + 1, 12);
    const span = Buffer.alloc(8);
    span.writeUInt32BE(seed + 1, 0);
    span.writeUInt32BE(i + 1, 4);
    const start = BigInt(Date.now()) * 1_000_000n + BigInt(i);
    return within(
      2,
      encoded('Span', {
        traceId: id,
        spanId: span,
        name: `POST /predict/${i % 8}`,
        kind: 2,
        startTimeUnixNano: String(start),
        endTimeUnixNano: String(start + 8_000_000n),
        attributes: [
          text('http.request.method', 'POST'),
          text('url.path', `/predict/${i % 8}`),
          whole('http.response.status_code', 200),
          text('server.address', 'churn.internal'),
          text('user_agent.original', 'python-requests/2.32'),
          whole('tiltmeter.rows', i % 50),
        ],
      }),
    );
  });
  return within(1, within(1, resource), within(2, ...spans));
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const bodies = Array.from({ length: 64 }, (_, i) => body(process.pid * 100 + i));
let [stored, refused, sent] = [0, 0, 0];

function send(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'x-api-key': key,
      'content-type': 'application/x-protobuf',
      'content-length': bytes.length,
    };
    const sending = request(`${address}/v1/traces`, { method: 'POST', agent, headers }, (reply) => {
      let length = 0;
      reply.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      reply.on('end', () => {
        if (reply.statusCode === 200 && length === 0) stored += SPANS;
        else if (reply.statusCode === 429) refused++;
        else return reject(new Error(`${reply.statusCode}, ${length} bytes`));
        resolve();
      });
    });
    sending.on('error', reject);
    sending.end(bytes);
  });
}

const begun = performance.now();
const until = Number(seconds) * 1000;
const latencies: number[] = [];
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    for (;;) {
      const n = sent++;
      if (Number(rate) > 0)
        await sleep(Math.max(0, begun + (n * SPANS * 1000) / Number(rate) - performance.now()));
      const began = performance.now();
      if (began - begun >= until) return;
      await send(bodies[n % bodies.length]!);
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
    bytes: bodies[0]!.length / SPANS,
  }),
);
agent.destroy();
