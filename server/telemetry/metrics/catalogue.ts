import type { Layer } from '../../../contract/layer.ts';

/** A number of instances at a moment: the mean of them, with the lowest and the highest. */
export interface LevelOf {
  readonly id: string;
  readonly layer: Layer;
  readonly title: string;
  readonly unit: string;
  /** Metrics that say it, the best first: one that is there is taken. `times`: from its own unit into that of the series. */
  readonly metrics: readonly { readonly name: string; readonly times?: number }[];
  /** They are counters of seconds, or the like, of which the increase per second counts. */
  readonly counter?: boolean;
}

/** What OpenTelemetry's conventions, its Collector's receivers and NVIDIA's exporter call what is shown of machines. */
export const LEVELS: readonly LevelOf[] = [
  {
    id: 'cpu_share',
    layer: 'infrastructure',
    title: 'CPU, of what may be used',
    unit: 'share',
    metrics: [
      { name: 'k8s.pod.cpu_limit_utilization' },
      { name: 'k8s.container.cpu_limit_utilization' },
      { name: 'container.cpu.utilization' },
      { name: 'process.cpu.utilization' },
    ],
  },
  {
    id: 'cpu_cores',
    layer: 'infrastructure',
    title: 'CPU',
    unit: 'cores',
    metrics: [{ name: 'k8s.pod.cpu.usage' }, { name: 'container.cpu.usage' }],
  },
  {
    id: 'cpu_time',
    layer: 'infrastructure',
    title: 'CPU time a second',
    unit: 'cores',
    counter: true,
    metrics: [{ name: 'k8s.pod.cpu.time' }, { name: 'container.cpu.time' }, { name: 'process.cpu.time' }],
  },
  {
    id: 'memory',
    layer: 'infrastructure',
    title: 'Memory',
    unit: 'MB',
    metrics: [
      { name: 'k8s.pod.memory.working_set', times: 1e-6 },
      { name: 'container.memory.working_set', times: 1e-6 },
      { name: 'process.memory.usage', times: 1e-6 },
      { name: 'container.memory.usage', times: 1e-6 },
    ],
  },
  {
    id: 'gpu_share',
    layer: 'infrastructure',
    title: 'GPU',
    unit: 'share',
    metrics: [{ name: 'hw.gpu.utilization' }, { name: 'DCGM_FI_DEV_GPU_UTIL', times: 0.01 }],
  },
  {
    id: 'gpu_memory',
    layer: 'infrastructure',
    title: 'GPU memory',
    unit: 'MB',
    metrics: [
      { name: 'hw.gpu.memory.usage', times: 1e-6 },
      { name: 'DCGM_FI_DEV_FB_USED', times: 1.048576 },
    ],
  },
  {
    id: 'restarts',
    layer: 'infrastructure',
    title: 'Restarts so far',
    unit: 'restarts',
    metrics: [{ name: 'k8s.container.restarts' }],
  },
];

/** Histograms of how long requests took, the best first; `times`: into milliseconds. */
export const REQUESTS: readonly { readonly name: string; readonly times: number }[] = [
  { name: 'http.server.request.duration', times: 1000 },
  { name: 'http.server.duration', times: 1 },
  { name: 'rpc.server.call.duration', times: 1000 },
  { name: 'rpc.server.duration', times: 1 },
];
