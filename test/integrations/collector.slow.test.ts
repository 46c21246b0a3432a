import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request, span } from '../../server/telemetry/otlp-requests.testing.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-collector-'));
const NOW = Date.now();
const nanos = String(BigInt(NOW) * 1_000_000n);
let tilt: TestApp;
let collector: ChildProcess | undefined;
let port: number;

/** Two ways out of one Collector: over gRPC what comes for one service, over HTTP for the other. */
const configuration = () => `
receivers:
  otlp/a: { protocols: { http: { endpoint: "127.0.0.1:${port}" } } }
exporters:
  otlp_grpc/tiltmeter:
    endpoint: "127.0.0.1:${tilt.app.grpcPort}"
    tls: { insecure: true }
    compression: gzip
    headers: { x-api-key: "${tilt.adminKey}" }
  otlp_http/tiltmeter:
    endpoint: "${tilt.address}"
    compression: zstd
    headers: { x-api-key: "${tilt.adminKey}" }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp/a], exporters: [otlp_grpc/tiltmeter, otlp_http/tiltmeter] }
`;

beforeAll(async () => {
  tilt = await startTestApp({ grpcPort: 0 });
  port = await freePort();
  const program = join(folder, 'collector');
  const source = join(import.meta.dirname, 'collector');
  // Its modules come by the proxy of Go once; what is compiled is kept by Go itself.
  await promisify(execFile)('go', ['build', '-o', program, '.'], { cwd: source });
  writeFileSync(join(folder, 'config.yaml'), configuration());
  collector = spawn(program, ['--config', `file:${join(folder, 'config.yaml')}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}, 1_200_000);
afterAll(async () => {
  if (collector?.exitCode === null) {
    const ended = once(collector, 'exit');
    collector.kill('SIGKILL');
    await ended;
  }
  await tilt.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the Collector of OpenTelemetry sends by gRPC and by HTTP, each span once by each way', async () => {
  const spans = Array.from({ length: 500 }, () =>
    span({ startTimeUnixNano: nanos, endTimeUnixNano: nanos } as object),
  );
  await until(async () => {
    const reply = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: request(spans, 'through-a-collector') as never,
    }).catch(() => undefined);
    return reply?.ok;
  }, 500);
  await until(async () => {
    const [row] = await tilt.app.ctx.lake.query<{ n: number; spans: number }>(
      "SELECT count() AS n, uniqExact(SpanId) AS spans FROM tiltmeter.otel_traces WHERE ServiceName = 'through-a-collector'",
    );
    return Number(row?.n) === 1000 && Number(row?.spans) === 500;
  }, 200);
  const { body } = await tilt.json('GET', '/metrics');
  expect(body).toContain('tiltmeter_telemetry_records_total{kind="traces",result="stored"} 1000');
});
