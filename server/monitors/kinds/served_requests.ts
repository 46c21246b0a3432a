import type { KindOf, MetricMeta } from '../kind.ts';
import { atLeast, level, shareOfRequests } from '../measures/telemetry-level.ts';
import { confirmed, options, ratio, windowed } from '../options.ts';
import type { TelemetrySubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'server_errors', title: 'requests answered with 5xx', unit: 'share' },
    ...{ definition: 'server_errors@1', worse: 'higher' },
  },
  {
    ...{ id: 'client_errors', title: 'requests answered with 4xx', unit: 'share' },
    ...{ definition: 'client_errors@1', worse: 'higher', threshold: 0.5 },
  },
  {
    ...{ id: 'answering', title: 'instances that answer', unit: 'share', definition: 'answering@1' },
    ...{ worse: 'lower', threshold: 0.5 },
  },
  {
    ...{ id: 'reachable', title: 'probes answered as expected', unit: 'share', definition: 'reachable@1' },
    ...{ worse: 'lower', threshold: 0.9 },
  },
  {
    ...{ id: 'latency_p95', title: 'latency of requests, p95', unit: 'ms', definition: 'latency_p95@1' },
    ...{ worse: 'higher', threshold: 1_000 },
  },
  {
    ...{ id: 'latency_p99', title: 'latency of requests, p99', unit: 'ms', definition: 'latency_p99@1' },
    ...{ worse: 'higher', threshold: 2_000 },
  },
];

/** What a service's own telemetry tells of its requests, against limits, in each bucket. */
export const served_requests: KindOf<TelemetrySubject> = {
  id: 'served_requests',
  title: 'Served requests',
  layer: 'serving',
  role: 'effect',
  harm: 'service',
  urgency: 2,
  cause: 'infrastructure_saturation',
  reads: 'telemetry',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans:
    'the level itself: a share of 1 for errors (0.05 of 5xx, 0.5 of 4xx) and for instances that answer (at least 0.5) and probes (at least 0.9), milliseconds for latency',
  defaults: { threshold: 0.05, window: 'bucket', minN: 100, m: 2, n: 3 },
  options: options(METRICS, ratio(0).max(1e9), { min_n: windowed.min_n, ...confirmed }),
  made: [],
  madeWithTelemetry: [{ metric: 'server_errors' }, { metric: 'answering' }, { metric: 'reachable' }],
  about: {
    decides:
      'What came by OTLP or Prometheus and is [tied to the model](../telemetry.md#machines-and-services-of-a-model): the share of requests answered with 5xx or 4xx (it breaches when the lower end of its 95 % interval passes the threshold), percentiles of their latency out of histograms, the share of instances that answered when they were scraped, and of [probes](../scraping.md#probes) that were answered as expected (both breach below the threshold). A model has it for 5xx, for instances that answer and for probes once such metrics have come; 4xx, which is the fault of those who ask, and latency, whose limit nobody tells, are to be added. Each bucket is judged once, by what had come then.',
    behind: [
      'a version that fails',
      'more load than capacity',
      'what the service itself asks (a feature store, a database) does not answer',
    ],
    todo: 'Look at what changed when it began, and at the log lines and traces of failed requests.',
  },
  compute(subject, index, settings) {
    if (settings.metric === 'answering' || settings.metric === 'reachable')
      return atLeast(subject, index, settings);
    if (settings.metric.endsWith('_errors')) return shareOfRequests(subject, index, settings);
    return level(subject, index, settings);
  },
  phrase({ metric, value }) {
    if (value === null) return 'Requests fail';
    const percent = `${Number((100 * value).toPrecision(2))} %`;
    if (metric === 'answering') return `${percent} of instances answer`;
    if (metric === 'reachable') return `${percent} of probes answered as expected`;
    if (metric === 'server_errors') return `${percent} of requests answered with 5xx`;
    if (metric === 'client_errors') return `${percent} of requests answered with 4xx`;
    return `Requests take ${Math.round(value)} ms (${metric.slice(-3)})`;
  },
};
