import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { packed, request2, type Series, V1, V2, writeRequest } from '../remote-write/messages.testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-03-20T12:00:00Z');
const START = NOW - 3 * HOUR;

interface Sample {
  readonly minute: number;
  readonly count: number;
  readonly sum: number;
  readonly schema: number;
  readonly zero_threshold: number;
  readonly zero_count: number;
  readonly positive: readonly { readonly offset: number; readonly length: number }[];
  readonly negative: readonly { readonly offset: number; readonly length: number }[];
  readonly positive_counts: readonly number[];
  readonly negative_counts: readonly number[];
  readonly bounds: readonly number[];
}

/** What Prometheus' own engine says of the increase of all pods within an hour; the script is beside it. */
const cases = JSON.parse(
  readFileSync(new URL('../../../stats/fixtures/native-histograms.json', import.meta.url), 'utf8'),
) as {
  readonly name: string;
  readonly pods: readonly (readonly Sample[])[];
  readonly values: readonly number[];
  readonly count: number;
}[];

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
});
afterAll(() => tilt.stop());

/** As a client writes it: whole counts as differences, others as they are. */
function message(sample: Sample, more: object = {}): object {
  const whole = Number.isInteger(sample.count) && sample.positive_counts.every(Number.isInteger);
  const deltas = (counts: readonly number[]) => counts.map((count, i) => count - (counts[i - 1] ?? 0));
  return {
    ...{ timestamp: START + sample.minute * MINUTE, sum: sample.sum, schema: sample.schema },
    ...{ zeroThreshold: sample.zero_threshold, customValues: sample.bounds },
    ...{ positiveSpans: sample.positive, negativeSpans: sample.negative },
    ...(whole
      ? {
          ...{ countInt: sample.count, zeroCountInt: sample.zero_count },
          positiveDeltas: deltas(sample.positive_counts),
          negativeDeltas: deltas(sample.negative_counts),
        }
      : {
          ...{ countFloat: sample.count, zeroCountFloat: sample.zero_count },
          ...{ positiveCounts: sample.positive_counts, negativeCounts: sample.negative_counts },
        }),
    ...more,
  };
}

async function send(series: readonly Series[], type = V1) {
  const body = type === V1 ? writeRequest(series) : request2(series);
  return fetch(`${tilt.address}/api/v1/write`, {
    method: 'POST',
    headers: { 'content-type': type, 'content-encoding': 'snappy', 'x-api-key': tilt.adminKey },
    body: packed(body) as Uint8Array<ArrayBuffer>,
  });
}

interface Point {
  readonly time: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}
async function read(model: string) {
  const { body } = await tilt.json('GET', `/api/v1/models/${model}/telemetry?from=${START}&to=${NOW}`);
  return new Map<string, readonly Point[]>(
    body.series.map(({ id, points }: { id: string; points: Point[] }) => [id, points]),
  );
}
const known = (model: string) =>
  tilt.json('POST', '/api/v1/predictions', { model, prediction: 1, time: NOW - HOUR });
const labelsOf = (job: string, pod: number, more: object = {}) => ({
  ...{ __name__: 'http_request_duration_seconds', job, instance: `${pod}:80` },
  ...more,
});

test.each(cases.map((one, i) => ({ ...one, i })))(
  "percentiles of native histograms as Prometheus' histogram_quantile tells them: $name",
  async ({ pods, values, count, i }) => {
    const model = `native-${i}`;
    await known(model);
    const series = pods.map(
      (samples, pod): Series => ({
        labels: labelsOf(model, pod),
        samples: [],
        histograms: samples.map((sample) => message(sample)),
      }),
    );
    expect((await send(series, i % 2 === 0 ? V1 : V2)).status).toBe(204);
    const found = await read(model);
    for (const [place, id] of ['latency_p50', 'latency_p95', 'latency_p99'].entries()) {
      const [point] = found.get(id)!;
      expect(point!.value).toBeCloseTo(1000 * values[place]!, 6);
      expect(point!.n).toBeCloseTo(count, 6);
      if (point!.low !== null) expect(point!.low).toBeLessThanOrEqual(point!.value + 1e-9);
      if (point!.high !== null) expect(point!.high).toBeGreaterThanOrEqual(point!.value - 1e-9);
    }
    expect(found.get('request_rate')![0]!.value).toBeCloseTo(count / 3600, 6);
  },
);

test('what is bad is refused alone, and what is written is told', async () => {
  await known('bad');
  const [first, second] = cases[0]!.pods[0]!;
  const histograms = [
    message(first!),
    message(second!, { schema: 9 }),
    message(second!, { positiveDeltas: [1] }),
    message(second!, { countInt: 0, countFloat: -1 }),
    message(second!, { schema: -53, customValues: [2, 1] }),
    message(second!, { timestamp: NOW - 40 * 24 * HOUR }),
    message(second!, { positiveSpans: [{ offset: 0, length: 4_000_000_000 }] }),
    message(second!, { zeroThreshold: Number.NaN }),
    message(second!),
  ];
  const reply = await send([{ labels: labelsOf('bad', 0), samples: [], histograms }], V2);
  expect(reply.status).toBe(400);
  expect(reply.headers.get('x-prometheus-remote-write-histograms-written')).toBe('2');
  expect(reply.headers.get('x-prometheus-remote-write-samples-written')).toBe('0');
  expect(await reply.text()).toMatch(
    /2 samples were stored, 7 were not.*invalid_telemetry \(6\).*invalid_time \(1\)/,
  );
  // Sent again it is there once.
  await send([{ labels: labelsOf('bad', 0), samples: [], histograms: [message(second!)] }]);
  expect((await read('bad')).get('latency_p95')![0]!.n).toBeCloseTo(cases[0]!.count, 6);
});

test('errors by the label of the status, an end of the series, a level, and classic buckets of the same metric beside it', async () => {
  await known('mixed');
  const [first, second] = cases[0]!.pods[0]!;
  const both = (more: object) => [message(first!, more), message(second!, more)];
  const bucket = (le: string) => ({
    ...labelsOf('mixed', 0, { le }),
    __name__: 'http_request_duration_seconds_bucket',
  });
  const counted = (a: number, b: number): Series['samples'] => [
    [START, a],
    [START + HOUR, b],
    [START + 2 * HOUR, b + 10],
  ];
  const reply = await send([
    { labels: labelsOf('mixed', 0, { status: '200' }), samples: [], histograms: both({}) },
    { labels: labelsOf('mixed', 0, { status: '503' }), samples: [], histograms: both({}) },
    { labels: labelsOf('mixed', 1, { status: '503' }), samples: [], histograms: both({ resetHint: 3 }) },
    { labels: bucket('0.01'), samples: counted(0, 50) },
    { labels: bucket('+Inf'), samples: counted(0, 99) },
  ]);
  expect(reply.status).toBe(204);
  const found = await read('mixed');
  expect(found.get('server_errors')!.map(({ value }) => value)).toEqual([0.5]);
  // Native ones count in the step that has them, classic ones in the other.
  expect(found.get('latency_p95')!.map(({ n }) => n)).toEqual([1800, 10]);
});

test('exponential histograms by OTLP, counted up and in deltas, are merged and told as the same ones of Prometheus', async () => {
  const { pods, values, count } = cases[1]!;
  const model = 'exponential';
  await known(model);
  const point = (sample: Sample, minute: number) => {
    const [first] = sample.positive;
    const counts = sample.positive.flatMap(({ offset, length }, i) => [
      ...(i === 0 ? [] : Array.from({ length: offset }, () => 0)),
      ...sample.positive_counts.slice(
        ...[sample.positive.slice(0, i).reduce((n, span) => n + span.length, 0)].flatMap((at) => [
          at,
          at + length,
        ]),
      ),
    ]);
    return {
      ...{ timeUnixNano: `${START + minute * MINUTE}000000`, scale: sample.schema, zeroCount: '0' },
      ...{ count: String(sample.count), sum: sample.sum },
      // The bucket above base^i is i here, and i + 1 of Prometheus.
      positive: { offset: first!.offset - 1, bucketCounts: counts.map(String) },
    };
  };
  const told = (pod: number, temporality: number, dataPoints: readonly object[]) => ({
    resource: {
      attributes: [
        { key: 'service.name', value: { stringValue: model } },
        { key: 'service.instance.id', value: { stringValue: String(pod) } },
      ],
    },
    scopeMetrics: [
      {
        metrics: [
          {
            name: 'http.server.request.duration',
            exponentialHistogram: { aggregationTemporality: temporality, dataPoints },
          },
        ],
      },
    ],
  });
  const resourceMetrics = pods.map((samples, pod) =>
    told(
      pod,
      2,
      samples.map((sample) => point(sample, sample.minute)),
    ),
  );
  expect((await tilt.json('POST', '/v1/metrics', { resourceMetrics })).status).toBe(200);
  const found = await read(model);
  for (const [place, id] of ['latency_p50', 'latency_p95', 'latency_p99'].entries())
    expect(found.get(id)![0]!.value).toBeCloseTo(1000 * values[place]!, 6);
  expect(found.get('latency_p95')![0]!.n).toBeCloseTo(count, 6);
  // A delta is all that came in its step, twice here.
  const delta = point(pods[0]![0]!, 120);
  const again = {
    resourceMetrics: [told(7, 1, [delta, { ...delta, timeUnixNano: `${START + 121 * MINUTE}000000` }])],
  };
  expect((await tilt.json('POST', '/v1/metrics', again)).status).toBe(200);
  expect((await read(model)).get('latency_p95')![1]!.n).toBe(2 * pods[0]![0]!.count);
});
