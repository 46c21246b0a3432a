import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../../test/app.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ limits: { events: 1_000 } });
});
afterAll(() => tilt.stop());

async function send(body: string | Buffer, model = 'income', headers: Record<string, string> = {}) {
  const reply = await fetch(`${tilt.address}/api/v1/sagemaker?model=${model}`, {
    method: 'POST',
    headers: { 'x-api-key': tilt.adminKey, 'content-type': 'application/x-ndjson', ...headers },
    body: body as string,
  });
  // biome-ignore lint/suspicious/noExplicitAny: replies of every shape
  return { status: reply.status, body: (await reply.json()) as any };
}

const fixture = () => readFile(new URL('./fixtures/captured_records.jsonl', import.meta.url), 'utf8');
const prediction = async (model: string, id: string) =>
  (await tilt.json('GET', `/api/v1/models/${model}/predictions/${id}`)).body;

test('records of real endpoints: JSON, JSON lines, CSV, and the truth that was merged', async () => {
  const names = Array.from({ length: 14 }, (_, i) => `f${i}`);
  await tilt.json('POST', '/api/v1/models', { id: 'income', payload: { features: names } });
  const lines = (await fixture()).trim().split('\n');
  const csv = (line: string) => line.includes('"encoding":"CSV"');
  const json = lines.filter((line) => !csv(line));
  const reply = await send(gzipSync(`${json.join('\n')}\n`), 'income', { 'content-encoding': 'gzip' });
  expect(reply).toMatchObject({ status: 200, body: { rejected_total: 0 } });
  expect(await prediction('income', '7ddb2d7c-4d6a-4e67-a68e-23870399829d')).toMatchObject({
    ...{ prediction: 1, score: 0.9899773597717285, time: '2024-01-19T19:27:57.000Z' },
    features: { f0: 28, f2: 133937, f13: 37 },
  });
  expect(await prediction('income', '9066ac80-dde1-4370-a73e-ab997e2544f1-1')).toMatchObject({
    features: { f0: 43 },
  });
  // JSON lines, two rows.
  expect(await prediction('income', '32aaea1b-1a60-4870-b81d-40271f950c4a-1')).toMatchObject({
    ...{ prediction: 1, score: 0.504138827323913 },
  });
  // A batch transform, joined.
  expect(await prediction('income', 'ae4ec948-edc0-4195-be9c-0b15b6ca114f')).toMatchObject({
    ...{ prediction: 1, label: { value: 1 }, features: { f0: 28 } },
  });
  // The caller's own id, with the truth beside it.
  expect(await prediction('income', '7-1')).toMatchObject({ label: { value: 1 } });

  await tilt.json('POST', '/api/v1/models', { id: 'churn', payload: { answer: 'score' } });
  const churn = await send(lines.filter(csv).join('\n'), 'churn');
  expect(churn).toMatchObject({ status: 200, body: { received: 3, stored: 3 } });
  expect(await prediction('churn', 'f04a8538-696c-4648-8064-8b680b2e3318')).toMatchObject({
    ...{ score: 0.036397725343704224, prediction: null },
    features: { instance_0: 132, instance_2: 182.9 },
  });
});

test('bad records beside good ones', async () => {
  const record = (data: string, output: string, id = 'r') =>
    JSON.stringify({
      captureData: {
        endpointInput: { data, encoding: 'CSV', observedContentType: 'text/csv' },
        endpointOutput: { data: output, encoding: 'CSV', observedContentType: 'text/csv' },
      },
      eventMetadata: { eventId: id, inferenceTime: new Date().toISOString() },
    });
  const reply = await send(
    [
      record('1,2', '0.5', 'good'),
      record('1,2\n3,4', '0.5'),
      '{"eventMetadata":{}}',
      '{',
      record('"a', '1'),
    ].join('\n'),
    'mixed',
  );
  expect(reply).toMatchObject({ status: 200, body: { received: 5, stored: 1, rejected_total: 4 } });
  expect(reply.body.rejected.map(({ code }: { code: string }) => code)).toEqual([
    'invalid_payload',
    'invalid_payload',
    'invalid_json',
    'invalid_payload',
  ]);
  expect(await send('{"eventMetadata":{"eventId":"x"}}', 'mixed')).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid_payload' } },
  });
  expect(await prediction('mixed', 'good')).toMatchObject({ prediction: 0.5 });
});

test('a file brings no more predictions and labels than any other request', async () => {
  const record = (id: string, rows: number) => {
    const side = (data: string) => ({ observedContentType: 'text/csv', encoding: 'CSV', data });
    return JSON.stringify({
      captureData: { endpointInput: side('1,2\n'.repeat(rows)), endpointOutput: side('0\n'.repeat(rows)) },
      groundTruthData: side('1\n'.repeat(rows)),
      eventMetadata: { eventId: id, inferenceTime: '2026-03-20T10:00:00Z' },
    });
  };
  const reply = await send([record('a', 700), record('b', 700), record('c', 200)].join('\n'), 'many');
  expect(reply.body).toMatchObject({
    stored: 1800,
    rejected_total: 1,
    rejected: [{ code: 'event_too_large' }],
  });
  expect((await send(record('d', 10_001), 'many')).status).toBe(422);
  expect(await prediction('many', 'c-199')).toMatchObject({ label: { value: 1 } });
});
