import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { packed, type Series, V1, writeRequest } from '../remote-write/messages.testing.ts';
import { stepOf } from './read-classic.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-20T12:00:00Z');
const START = NOW - 3 * HOUR;

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => NOW });
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', prediction: 1, time: NOW - HOUR });
});
afterAll(() => tilt.stop());

async function write(
  ...series: readonly [labels: Record<string, string>, ...samples: [ms: number, value: number][]][]
) {
  const body = writeRequest(
    series.map(
      ([labels, ...samples]): Series => ({
        labels,
        samples: samples.map(([ms, value]) => [START + ms, value]),
      }),
    ),
  );
  const reply = await fetch(`${tilt.address}/api/v1/write`, {
    method: 'POST',
    headers: { 'content-type': V1, 'content-encoding': 'snappy', 'x-api-key': tilt.adminKey },
    body: packed(body) as Uint8Array<ArrayBuffer>,
  });
  expect(reply.status).toBe(204);
}

async function read(model = 'churn') {
  const { body } = await tilt.json('GET', `/api/v1/models/${model}/telemetry?from=${START}&to=${NOW}`);
  return new Map<string, { metric: string; instances: number; points: { value: number; n: number }[] }>(
    body.series.map((each: { id: string }) => [each.id, each]),
  );
}
const values = (found: Awaited<ReturnType<typeof read>>, id: string) =>
  found.get(id)?.points.map(({ value }) => Number(value.toFixed(6)));

test('what cAdvisor and kube-state-metrics tell of the pods of a model, by their names', async () => {
  const pod = (__name__: string, name: string, container: string) => ({
    ...{ __name__, job: 'kubelet', instance: '10.0.0.1:10250', namespace: 'ml', pod: name, container },
  });
  const CPU = 'container_cpu_usage_seconds_total';
  const [a, b] = ['churn-7f9c8d6b5f-x2k4p', 'churn-7f9c8d6b5f-q9w8e'] as const;
  await write(
    // Two containers, and the pod as a whole, which is not counted again; one of them began anew.
    [pod(CPU, a, 'main'), [0, 100], [HOUR, 1900], [2 * HOUR, 360]],
    [pod(CPU, a, 'proxy'), [0, 0], [HOUR, 360], [2 * HOUR, 720]],
    [pod(CPU, a, ''), [0, 100], [HOUR, 9000]],
    [pod(CPU, b, 'main'), [0, 0], [HOUR, 360]],
    [pod('container_memory_working_set_bytes', a, 'main'), [0, 300e6]],
    [pod('kube_pod_container_status_restarts_total', a, 'main'), [0, 2]],
    [pod(CPU, 'other-7f9c8d6b5f-x2k4p', 'main'), [0, 0], [HOUR, 3600]],
  );
  const found = await read();
  expect(found.get('cpu_time')).toMatchObject({ metric: CPU, instances: 2 });
  expect(values(found, 'cpu_time')).toEqual([0.35, 0.2]);
  expect(values(found, 'memory')).toEqual([300]);
  expect(values(found, 'restarts')).toEqual([2]);
});

test('a service by its job, and what a server of many models tells of one', async () => {
  const up = (instance: string) => ({ __name__: 'up', job: 'churn', instance });
  await write(
    [up('a:80'), [0, 1], [60_000, 1], [HOUR, 1]],
    [up('b:80'), [0, 0], [HOUR, 1]],
    [{ __name__: 'vllm:num_requests_waiting', job: 'vllm', model_name: 'churn' }, [0, 4]],
    [{ __name__: 'vllm:num_requests_waiting', job: 'vllm', model_name: 'chat' }, [0, 40]],
  );
  const found = await read();
  expect(values(found, 'answering')).toEqual([0.5, 1]);
  expect(values(found, 'waiting')).toEqual([4]);
});

test('requests by classic histograms: rate, share of 5xx and percentiles', async () => {
  const bucket = (le: string, status: string) => ({
    ...{ __name__: 'http_request_duration_seconds_bucket', job: 'churn', instance: 'a:80', le, status },
  });
  await write(
    [bucket('0.01', '2xx'), [0, 5], [HOUR, 45], [2 * HOUR, 10]],
    [bucket('0.1', '2xx'), [0, 5], [HOUR, 85], [2 * HOUR, 10]],
    [bucket('+Inf', '2xx'), [0, 5], [HOUR, 85], [2 * HOUR, 10]],
    [bucket('0.01', '5xx'), [0, 0], [HOUR, 0]],
    [bucket('0.1', '5xx'), [0, 0], [HOUR, 0]],
    [bucket('+Inf', '5xx'), [0, 0], [HOUR, 20]],
  );
  const found = await read();
  expect(found.get('request_rate')).toMatchObject({ metric: 'http_request_duration_seconds', instances: 1 });
  expect(values(found, 'request_rate')).toEqual([0.027778, 0.002778]);
  expect(values(found, 'server_errors')).toEqual([0.2, 0]);
  // 40 up to 10 ms, 40 up to 100 ms, 20 above.
  expect(values(found, 'latency_p50')).toEqual([32.5, 5]);
  expect(values(found, 'latency_p99')).toEqual([100, 9.9]);
});

test('Triton and TorchServe, which count requests and tell no histogram', async () => {
  const triton = (__name__: string, more: object = {}) => ({
    ...{ __name__, job: 'triton', instance: 'a:8002', model: 'resnet', version: '1' },
    ...more,
  });
  const torch = (__name__: string, more: object = {}) => ({
    ...{ __name__, job: 'mnist', instance: 'a:8082', Level: 'Host', Hostname: 'a' },
    ...more,
  });
  const card = (DeviceId: string) => ({ Level: 'Host', DeviceId });
  await tilt.json('POST', '/api/v1/predictions', { model: 'resnet', prediction: 1, time: NOW - HOUR });
  await tilt.json('POST', '/api/v1/predictions', { model: 'mnist', prediction: 1, time: NOW - HOUR });
  await write(
    [triton('nv_inference_request_success'), [0, 100], [HOUR, 460]],
    [triton('nv_inference_request_failure', { reason: 'BACKEND' }), [0, 0], [HOUR, 36]],
    [triton('nv_inference_request_failure', { reason: 'REJECTED' }), [0, 0], [HOUR, 36]],
    [torch('ts_inference_requests_total', { model_name: 'mnist' }), [0, 5], [HOUR, 365]],
    [torch('Requests5XX'), [0, 0], [HOUR, 36]],
    [torch('CPUUtilization'), [0, 25]],
    [torch('MemoryUsed'), [0, 1000]],
    [torch('GPUUtilization', card('0')), [0, 20]],
    [torch('GPUUtilization', card('1')), [0, 60]],
    [torch('GPUMemoryUsed', card('0')), [0, 100]],
    [torch('GPUMemoryUsed', card('1')), [0, 300]],
  );
  const [resnet, mnist] = [await read('resnet'), await read('mnist')];
  expect(values(resnet, 'inference_rate')).toEqual([0.1]);
  expect(values(resnet, 'failure_rate')).toEqual([0.02]);
  expect(values(mnist, 'inference_rate')).toEqual([0.1]);
  expect(values(mnist, 'failure_rate')).toEqual([0.01]);
  expect(values(mnist, 'cpu_share')).toEqual([0.25]);
  expect(values(mnist, 'memory')).toEqual([1048.576]);
  expect(values(mnist, 'gpu_share')).toEqual([0.4]);
  expect(values(mnist, 'gpu_memory')).toEqual([419.4304]);
});

test('the cache of keys and values of vLLM and SGLang, whose queue has a name of its own', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'llama', prediction: 1, time: NOW - HOUR });
  await tilt.json('POST', '/api/v1/predictions', { model: 'qwen', prediction: 1, time: NOW - HOUR });
  const of = (__name__: string, model_name: string) => ({ __name__, job: 'llm', model_name });
  await write(
    [of('vllm:kv_cache_usage_perc', 'llama'), [0, 0.7]],
    [of('sglang:token_usage', 'qwen'), [0, 0.55]],
    [of('sglang:num_queue_reqs', 'qwen'), [0, 3]],
  );
  expect(values(await read('llama'), 'cache_share')).toEqual([0.7]);
  const qwen = await read('qwen');
  expect(values(qwen, 'cache_share')).toEqual([0.55]);
  expect(values(qwen, 'waiting')).toEqual([3]);
});

test('the status of requests as BentoML calls it', async () => {
  await tilt.json('POST', '/api/v1/predictions', { model: 'iris', prediction: 1, time: NOW - HOUR });
  const bucket = (http_response_code: string) => ({
    ...{ __name__: 'bentoml_api_server_request_duration_seconds_bucket', job: 'iris', instance: 'a:3000' },
    ...{ endpoint: '/predict', le: '+Inf', http_response_code },
  });
  await write([bucket('200'), [0, 0], [HOUR, 75]], [bucket('500'), [0, 0], [HOUR, 25]]);
  expect(values(await read('iris'), 'server_errors')).toEqual([0.25]);
});

test('buckets that count less above than below, and none that counts all', () => {
  const row = (le: string, requests: number) => ({
    ...{ metric: 'm', step: 1, le, requests, a_step: requests, failed: 0, refused: 0, told: 0, instances: 1 },
  });
  // 9 up to 1, none up to 2, one above.
  const step = stepOf(1, [row('+Inf', 10), row('2.0', 8), row('1', 9)])!;
  expect(step.requests).toBe(10);
  expect(step.quantile(0.45)).toEqual({ value: 0.5 });
  expect(step.quantile(0.95)).toEqual({ value: 2 });
  expect(stepOf(1, [row('1', 9)])).toBeUndefined();
});
