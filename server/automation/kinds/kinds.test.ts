import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { signature } from '../../actions/channels/webhook.ts';
import { ACTION_KINDS } from './index.ts';
import type { ActionContext, Task } from './kind.ts';

const TASK: Task = {
  ...{ version: 1, run: 'r1', action: { id: 'a', name: 'Retrain' }, model: 'm', model_name: 'Model “M”' },
  because: 'income is missing',
  asked_by: null,
  incident: {
    id: 'i1',
    title: 't',
    priority: 'P1',
    started_at: '2026-11-20T09:00:00.000Z',
    url: 'http://t/i1',
  },
  ...{ cause: 'missing_values', columns: ['income', 'a"b{run}'], segments: [], recommendation: null },
  versions: { version: 'v2', baseline: 'v1' },
};

/** A receiver that answers as told, and what it heard. */
async function other(status: number, reply: object = {}) {
  const heard: { path: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    heard.push({ path: request.url!, headers: request.headers, body });
    response.writeHead(status).end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const begin = (kind: string, options: object, task: Task = TASK, allowPrivateAddresses = true) => {
  const { options: schema, begin: run } = ACTION_KINDS[kind]!;
  const context = { clock: () => 1, allowPrivateAddresses, timeoutMs: 2_000 } as ActionContext;
  return run(context, schema.parse(options), task);
};

const NAMED = '{"model":"{model}","columns":"{columns}","days":90}';
const FILLED = { model: 'm', columns: 'income,a"b{run}', days: 90 };
const AS_TEXT = { ...FILLED, days: '90' };

test.each([
  [
    'github',
    { repository: 'o/r', workflow: 're train.yml', token: 't', inputs: NAMED },
    [204, {}],
    ['/repos/o/r/actions/workflows/re%20train.yml/dispatches', { ref: 'main', inputs: AS_TEXT }, null],
  ],
  [
    'gitlab',
    { project: 'g/p', token: 't', variables: NAMED },
    [201, { id: 7, web_url: 'https://gitlab.example.org/7' }],
    ['/api/v4/projects/g%2Fp/trigger/pipeline', { token: 't', ref: 'main', variables: AS_TEXT }, '7'],
  ],
  [
    'airflow',
    { dag: 'd', authorization: 'Bearer t', conf: NAMED },
    [409, {}],
    [
      '/api/v2/dags/d/dagRuns',
      { dag_run_id: 'tiltmeter__r1', logical_date: null, conf: FILLED },
      'tiltmeter__r1',
    ],
  ],
  [
    'kubeflow',
    { pipeline: 'p', pipeline_version: 'pv', parameters: NAMED },
    [200, { run_id: 'k1' }],
    [
      '/apis/v2beta1/runs',
      {
        pipeline_version_reference: { pipeline_id: 'p', pipeline_version_id: 'pv' },
        runtime_config: { parameters: FILLED },
      },
      'k1',
    ],
  ],
] as const)(
  '%s: what the other side documents, with the places of a template filled',
  async (kind, options, [status, reply], [path, body, reference]) => {
    const { heard, address } = await other(status, reply);
    expect((await begin(kind, { ...options, address })).reference).toBe(reference);
    expect(heard[0]!.path).toBe(path);
    expect(JSON.parse(heard[0]!.body)).toMatchObject(body);
  },
);

test('a webhook is signed, has one key at every try, and a release names where to go', async () => {
  const { heard, address } = await other(200, { reference: 'job 5', url: 'javascript:alert(1)' });
  const options = { address, secret: 'a secret of it' };
  expect(await begin('webhook', options)).toEqual({ reference: 'job 5', url: null });
  await begin('release', options);
  await begin('release', options, { ...TASK, recommendation: 'promote' });
  const [first, back, on] = heard;
  expect(first!.headers).toMatchObject({
    'idempotency-key': 'r1',
    'x-tiltmeter-signature': signature('a secret of it', '1', first!.body),
  });
  expect([back, on].map((one) => JSON.parse(one!.body))).toMatchObject([
    { event: 'rollback', to: 'v1', from: 'v2' },
    { event: 'promote', to: 'v2', from: 'v1' },
  ]);
});

test('what may have been heard is told from what was not', async () => {
  const { address } = await other(502);
  await expect(begin('webhook', { address })).rejects.toMatchObject({ retry: true, unheard: false });
  const refused = await other(422);
  await expect(begin('webhook', { address: refused.address })).rejects.toMatchObject({
    retry: false,
    unheard: true,
  });
  const closed = { address: 'http://127.0.0.1:1' };
  await expect(begin('webhook', closed)).rejects.toMatchObject({ retry: true, unheard: true });
  await expect(begin('webhook', closed, TASK, false)).rejects.toMatchObject({ retry: false, unheard: true });
});

test.each(['{', '[]', '{"a":{}}', '{"a":"{nothing}"}'])(
  'a template that cannot be is refused: %s',
  (inputs) => {
    const options = { repository: 'o/r', workflow: 'w', token: 't', inputs };
    expect(ACTION_KINDS.github!.options.safeParse(options).success).toBe(false);
  },
);
