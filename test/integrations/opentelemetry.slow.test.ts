import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-otel-'));

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ grpcPort: 0 });
});
afterAll(async () => {
  await tilt.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The two ways of OTLP: what packages of each are called, and where they send to. */
const WAYS = [
  { way: 'http', at: () => tilt.address, python: 'http', node: 'proto' },
  { way: 'grpc', at: () => `http://127.0.0.1:${tilt.app.grpcPort}`, python: 'grpc', node: 'grpc' },
] as const;
type Way = (typeof WAYS)[number];

/** What every OpenTelemetry SDK reads. */
const environment = (service: string, { at }: Way) => ({
  ...process.env,
  OTEL_EXPORTER_OTLP_ENDPOINT: at(),
  OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${tilt.adminKey}`,
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  OTEL_SERVICE_NAME: service,
});

const rows = (sql: string) => tilt.app.ctx.lake.query<Record<string, unknown>>(sql);

const python = (way: string, id: string) => `
import logging, time
from opentelemetry import trace, metrics
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.exporter.otlp.proto.${way}.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.exporter.otlp.proto.${way}.metric_exporter import OTLPMetricExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.exporter.otlp.proto.${way}._log_exporter import OTLPLogExporter

traces = TracerProvider()
traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
meters = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())])
logs = LoggerProvider()
logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
log = logging.getLogger("churn")
log.addHandler(LoggingHandler(logger_provider=logs))
duration = meters.get_meter("churn").create_histogram("http.server.request.duration", "s")
with traces.get_tracer("churn").start_as_current_span("POST /predict") as parent:
    with traces.get_tracer("churn").start_as_current_span("model: predict") as span:
        span.set_attributes({"rows": 3, "names": ["a", "b"], "good": True, "share": 0.5})
        span.add_event("ml.inference", {"ml.inference.id": "${id}", "ml.inference.prediction": "stay", "ml.inference.score": 0.2,
            "ml.inference.feature.age": 41})
        log.error("feature store is late: %s", "50 ms")
    duration.record(0.02, {"http.response.status_code": 200})
traces.shutdown(); meters.shutdown(); logs.shutdown()
`;

test.each(WAYS)(
  'the SDK of Python by $way: a trace, a log line, a histogram and a prediction, found by one trace id',
  async (by) => {
    const { way } = by;
    const service = `churn-${way}`;
    const venv = join(folder, `venv-${way}`);
    const interpreter = join(venv, 'bin/python');
    await run('python3', ['-m', 'venv', venv]);
    await run(interpreter, [
      '-m',
      'pip',
      '-q',
      'install',
      'opentelemetry-sdk',
      `opentelemetry-exporter-otlp-proto-${by.python}`,
    ]);
    const script = join(folder, `send-${way}.py`);
    writeFileSync(script, python(by.python, 'py-1'));
    const { stderr } = await run(interpreter, [script], { env: environment(service, by) });
    expect(stderr).not.toMatch(/Failed to export|Transient error/i);

    const { body } = await tilt.json('GET', `/api/v1/models/${service}/predictions/py-1/trace`);
    expect(body.spans).toMatchObject([
      { name: 'POST /predict', depth: 0, service },
      {
        ...{ name: 'model: predict', depth: 1 },
        attributes: { rows: '3', names: '["a","b"]', good: 'true', share: '0.5' },
      },
    ]);
    expect(body.logs).toMatchObject([{ body: 'feature store is late: 50 ms', severity_number: 17 }]);
    const prediction = await tilt.json('GET', `/api/v1/models/${service}/predictions/py-1`);
    expect(prediction.body).toMatchObject({ prediction: 'stay', score: 0.2, features: { age: 41 } });
    const [histogram] = await rows(
      `SELECT MetricName, Count, Sum, ResourceAttributes['telemetry.sdk.language'] AS language FROM tiltmeter.otel_metrics_histogram WHERE MetricName = 'http.server.request.duration' AND ServiceName = '${service}'`,
    );
    expect(histogram).toEqual({
      MetricName: 'http.server.request.duration',
      Count: 1,
      Sum: 0.02,
      language: 'python',
    });
  },
);

const node = (kind: string) => `
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-${kind}';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const provider = new TracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'from-node-${kind}' }),
  spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
});
const tracer = provider.getTracer('test');
for (let i = 0; i < 1000; i++) tracer.startSpan('span ' + (i % 10), { attributes: { i } }).end();
await provider.shutdown();
`;

test.each(WAYS)('the SDK of Node by $way: a thousand spans, each once', async (by) => {
  const own = join(folder, `node-${by.way}`);
  mkdirSync(own);
  const packages = ['api', `exporter-trace-otlp-${by.node}`, 'resources', 'sdk-trace'].map(
    (name) => `@opentelemetry/${name}`,
  );
  writeFileSync(join(own, 'package.json'), '{"type":"module"}');
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', own, ...packages], { cwd: own });
  writeFileSync(join(own, 'send.js'), node(by.node));
  await run(process.execPath, [join(own, 'send.js')], { env: environment(`from-node-${by.node}`, by) });
  expect(
    await rows(
      `SELECT count() AS n, uniqExact(SpanId) AS spans, uniqExact(SpanName) AS names FROM tiltmeter.otel_traces WHERE ServiceName = 'from-node-${by.node}'`,
    ),
  ).toEqual([{ n: 1000, spans: 1000, names: 10 }]);
});
