import type { Layer } from '../../../contract/layer.ts';

/** A number of instances at a moment: the mean of them, with the lowest and the highest. */
export interface LevelOf {
  readonly id: string;
  readonly layer: Layer;
  readonly title: string;
  readonly unit: string;
  /** Metrics that say it, the best first: one that is there is taken. `times`: from its own unit into that of the series. */
  readonly metrics: readonly { readonly name: string; readonly times?: number }[];
  /** Of what one instance tells apart (cards, targets) the mean counts, not the sum. */
  readonly mean?: boolean;
  /** They are counters of seconds, or the like, of which the increase per second counts. */
  readonly counter?: boolean;
}

/** What OpenTelemetry's conventions and its Collector's receivers, and the exporters of Prometheus (cAdvisor, kube-state-metrics, NVIDIA's, the servers of models), call what is shown of machines. */
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
      { name: 'nv_cpu_utilization' },
      { name: 'CPUUtilization', times: 0.01 },
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
    metrics: [
      { name: 'k8s.pod.cpu.time' },
      { name: 'container.cpu.time' },
      { name: 'process.cpu.time' },
      { name: 'container_cpu_usage_seconds_total' },
      { name: 'process_cpu_seconds_total' },
    ],
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
      { name: 'container_memory_working_set_bytes', times: 1e-6 },
      { name: 'process_resident_memory_bytes', times: 1e-6 },
      { name: 'nv_cpu_memory_used_bytes', times: 1e-6 },
      { name: 'MemoryUsed', times: 1.048576 },
    ],
  },
  {
    id: 'gpu_share',
    layer: 'infrastructure',
    title: 'GPU',
    unit: 'share',
    mean: true,
    metrics: [
      { name: 'hw.gpu.utilization' },
      { name: 'DCGM_FI_DEV_GPU_UTIL', times: 0.01 },
      { name: 'nv_gpu_utilization' },
      { name: 'GPUUtilization', times: 0.01 },
    ],
  },
  {
    id: 'gpu_memory',
    layer: 'infrastructure',
    title: 'GPU memory',
    unit: 'MB',
    metrics: [
      { name: 'hw.gpu.memory.usage', times: 1e-6 },
      { name: 'DCGM_FI_DEV_FB_USED', times: 1.048576 },
      { name: 'nv_gpu_memory_used_bytes', times: 1e-6 },
      { name: 'GPUMemoryUsed', times: 1.048576 },
    ],
  },
  {
    id: 'restarts',
    layer: 'infrastructure',
    title: 'Restarts so far',
    unit: 'restarts',
    metrics: [{ name: 'k8s.container.restarts' }, { name: 'kube_pod_container_status_restarts_total' }],
  },
  {
    id: 'answering',
    layer: 'serving',
    title: 'Instances that answered when they were scraped',
    unit: 'share',
    mean: true,
    metrics: [{ name: 'up' }],
  },
  {
    id: 'reachable',
    layer: 'serving',
    title: 'Probes that were answered as expected',
    unit: 'share',
    mean: true,
    metrics: [{ name: 'probe_success' }],
  },
  {
    id: 'probe_latency',
    layer: 'serving',
    title: 'How long a probe took',
    unit: 'ms',
    mean: true,
    metrics: [{ name: 'probe_duration_seconds', times: 1000 }],
  },
  {
    id: 'waiting',
    layer: 'serving',
    title: 'Requests that wait',
    unit: 'requests',
    metrics: [
      { name: 'vllm:num_requests_waiting' },
      { name: 'sglang:num_queue_reqs' },
      { name: 'nv_inference_pending_request_count' },
    ],
  },
  {
    id: 'cache_share',
    layer: 'serving',
    title: 'Cache of keys and values, in use',
    unit: 'share',
    mean: true,
    metrics: [
      { name: 'vllm:kv_cache_usage_perc' },
      { name: 'vllm:gpu_cache_usage_perc' },
      { name: 'sglang:token_usage' },
    ],
  },
  // Servers that tell no histogram of their requests: Triton and TorchServe count them.
  {
    id: 'inference_rate',
    layer: 'serving',
    title: 'Inference requests a second, of an instance',
    unit: 'a second',
    counter: true,
    metrics: [{ name: 'nv_inference_request_success' }, { name: 'ts_inference_requests_total' }],
  },
  {
    id: 'failure_rate',
    layer: 'serving',
    title: 'Inference requests that failed a second, of an instance',
    unit: 'a second',
    counter: true,
    metrics: [{ name: 'nv_inference_request_failure' }, { name: 'Requests5XX' }],
  },
];

/** Histograms of how long requests took, the best first; `times`: into milliseconds. */
export const REQUESTS: readonly { readonly name: string; readonly times: number }[] = [
  { name: 'http.server.request.duration', times: 1000 },
  { name: 'http.server.duration', times: 1 },
  { name: 'rpc.server.call.duration', times: 1000 },
  { name: 'rpc.server.duration', times: 1 },
];

/** The same as classic histograms of Prometheus, by the name of their family. */
export const CLASSIC_REQUESTS: readonly { readonly name: string; readonly times: number }[] = [
  { name: 'http_server_request_duration_seconds', times: 1000 },
  { name: 'http_request_duration_seconds', times: 1000 },
  { name: 'http_server_requests_seconds', times: 1000 },
  { name: 'flask_http_request_duration_seconds', times: 1000 },
  { name: 'request_predict_seconds', times: 1000 },
  { name: 'seldon_api_executor_server_requests_seconds', times: 1000 },
  { name: 'bentoml_service_request_duration_seconds', times: 1000 },
  { name: 'bentoml_api_server_request_duration_seconds', times: 1000 },
  { name: 'ray_serve_http_request_latency_ms', times: 1 },
  { name: 'vllm:e2e_request_latency_seconds', times: 1000 },
  { name: 'sglang:e2e_request_latency_seconds', times: 1000 },
  { name: ':tensorflow:serving:request_latency', times: 0.001 },
  { name: 'istio_request_duration_milliseconds', times: 1 },
  { name: 'revision_app_request_latencies', times: 1 },
];
