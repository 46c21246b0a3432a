/** What the service of a seeded model sends by OTLP: one trace with its log lines, and two weeks of metrics of two pods. */

const HOUR = 3_600_000;
export const LOAN_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const nanos = (ms: number) => String(BigInt(Math.round(ms * 1000)) * 1000n);
const resource = (service: string, pod = 'pod-a') => ({
  attributes: [text('service.name', service), text('k8s.pod.name', pod)],
});

const SPANS = [
  { service: 'gateway', id: '1', parent: '', name: 'POST /loans', from: 0, to: 84 },
  { service: 'loans', id: '2', parent: '1', name: 'POST /predict', from: 4, to: 80 },
  {
    service: 'loans',
    id: '3',
    parent: '2',
    name: 'feature store: read',
    from: 6,
    to: 58,
    error: 'timeout after 50 ms, tried again',
  },
  { service: 'loans', id: '4', parent: '2', name: 'model: predict', from: 60, to: 68 },
] as const;

const LINES = [
  { at: 5, severity: 'INFO', number: 9, body: 'request of 1 row' },
  { at: 57, severity: 'WARN', number: 13, body: 'feature store answered late, income is of yesterday' },
  { at: 79, severity: 'ERROR', number: 17, body: 'answer was late: 76 ms of 50 ms' },
] as const;

/** Bodies by address. `at`: when the traced prediction was made. */
export function loansTelemetry(at: number, from: number, to: number): Readonly<Record<string, object>> {
  const spans = SPANS.map((span) => ({
    resource: resource(span.service),
    scopeSpans: [
      {
        spans: [
          {
            ...{ traceId: LOAN_TRACE, spanId: span.id.repeat(16), parentSpanId: span.parent.repeat(16) },
            ...{ name: span.name, kind: 2, attributes: [text('http.route', '/predict')] },
            ...{ startTimeUnixNano: nanos(at + span.from), endTimeUnixNano: nanos(at + span.to) },
            ...('error' in span ? { status: { code: 2, message: span.error } } : {}),
          },
        ],
      },
    ],
  }));
  const logRecords = LINES.map((line) => ({
    ...{ traceId: LOAN_TRACE, spanId: '2'.repeat(16), timeUnixNano: nanos(at + line.at) },
    ...{ severityText: line.severity, severityNumber: line.number, body: { stringValue: line.body } },
  }));
  return {
    '/v1/traces': { resourceSpans: spans },
    '/v1/logs': { resourceLogs: [{ resource: resource('loans'), scopeLogs: [{ logRecords }] }] },
    '/v1/metrics': {
      resourceMetrics: ['pod-a', 'pod-b'].map((pod, i) => ({
        resource: resource('loans', pod),
        scopeMetrics: [{ metrics: metricsOf(i, from, to) }],
      })),
    },
  };
}

function metricsOf(pod: number, from: number, to: number): object[] {
  const hours = Array.from({ length: Math.floor((to - from) / HOUR) }, (_, i) => i);
  const time = (hour: number) => nanos(from + hour * HOUR + 60_000);
  const gauge = (name: string, value: (hour: number) => number) => ({
    name,
    gauge: { dataPoints: hours.map((hour) => ({ timeUnixNano: time(hour), asDouble: value(hour) })) },
  });
  const requests = (status: string, counts: readonly number[]) =>
    hours.map((hour) => ({
      ...{ timeUnixNano: time(hour), explicitBounds: [0.01, 0.05, 0.1], sum: 1 },
      ...{ bucketCounts: counts.map((count) => String(count * (hour + 1))) },
      count: String(counts.reduce((a, b) => a + b) * (hour + 1)),
      attributes: [{ key: 'http.response.status_code', value: { intValue: status } }],
    }));
  return [
    gauge('k8s.pod.cpu_limit_utilization', (hour) => 0.3 + 0.1 * pod + 0.2 * Math.sin(hour / 4)),
    gauge('k8s.pod.memory.working_set', (hour) => 4e8 + 1e6 * hour + 2e7 * pod),
    {
      name: 'http.server.request.duration',
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [...requests('200', [10, 4, 1, 0]), ...requests('503', [0, 0, 0, pod])],
      },
    },
  ];
}
