import type { KindOf, MetricMeta } from '../kind.ts';
import { increase, level } from '../measures/telemetry-level.ts';
import { confirmed, options, ratio } from '../options.ts';
import type { TelemetrySubject } from '../subject.ts';

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'cpu_share', title: 'CPU, of what may be used', unit: 'share', definition: 'cpu_share@1' },
    worse: 'higher',
  },
  {
    id: 'gpu_share',
    title: 'GPU',
    unit: 'share',
    definition: 'gpu_share@1',
    worse: 'higher',
    threshold: 0.99,
  },
  {
    ...{ id: 'memory', title: 'memory', unit: 'MB', definition: 'memory@1', worse: 'higher' },
    threshold: 16_000,
  },
  {
    ...{ id: 'restarts', title: 'restarts', unit: 'restarts', definition: 'restarts@1', worse: 'higher' },
    threshold: 1,
  },
];

/** What telemetry tells of the machines that a model runs on, against limits: the mean of its instances in each bucket. */
export const machines: KindOf<TelemetrySubject> = {
  id: 'machines',
  title: 'Machines',
  layer: 'infrastructure',
  role: 'effect',
  harm: 'service',
  urgency: 3,
  cause: 'infrastructure_saturation',
  reads: 'telemetry',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'the level itself, as the mean of the instances: a share of 1 for CPU (0.95) and GPU (0.99), MB for memory (16,000), restarts an instance in a bucket (1)',
  defaults: { threshold: 0.95, window: 'bucket', minN: 1, m: 2, n: 3 },
  options: options(METRICS, ratio(0).max(1e9), { ...confirmed }),
  made: [],
  madeWithTelemetry: [{ metric: 'cpu_share' }, { metric: 'restarts' }],
  about: {
    decides:
      'What came by OTLP or Prometheus and is [tied to the model](../telemetry.md#machines-and-services-of-a-model): CPU as a share of what may be used, GPU, memory, and by how much restarts went up since the bucket before; the mean of the instances in each bucket of the model. It breaches above the threshold. A model has it for CPU and restarts once such metrics have come; GPU, which is busy where all is well, and memory, whose limit nobody tells, are to be added. Each bucket is judged once, by what had come then.',
    behind: [
      'more load than capacity',
      'a leak, or a limit that is too low',
      'a neighbour that takes the processor',
      'a process that dies and is started again',
    ],
    todo: 'Look at the rows Infrastructure and Service of the same time: with more requests a second it is load, without it is the process.',
  },
  compute: (subject, index, settings) =>
    settings.metric === 'restarts' ? increase(subject, index, settings) : level(subject, index, settings),
  phrase({ metric, value }) {
    if (metric === 'restarts') return 'Instances restart';
    const what = METRICS.find(({ id }) => id === metric)?.title ?? metric;
    if (value === null) return `Machines: ${what}`;
    return metric === 'memory'
      ? `Memory at ${Math.round(value)} MB`
      : `${what.split(',')[0]} at ${Math.round(100 * value)} %`;
  },
};
