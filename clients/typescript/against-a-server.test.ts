import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { Tiltmeter } from './tiltmeter.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

const good = (id: string) => ({ model: 'm', id, features: { x: 1 } });
const bad = (id: string) => ({ ...good(id), time: '1970-01-02' });

test('a batch of which nothing could be stored is counted, and those behind it are sent', async () => {
  const client = new Tiltmeter({ url: server.address, key: server.adminKey, batchSize: 2 });
  const receipt = await client.predictions([bad('a'), bad('b'), good('c'), bad('d')]);
  expect(receipt).toMatchObject({
    received: 4,
    stored: 1,
    rejected: [
      { index: 0, code: 'invalid_time' },
      { index: 1, code: 'invalid_time' },
      { index: 3, code: 'invalid_time' },
    ],
    rejected_total: 3,
  });
});

test('so is one whose answer is so long that it comes compressed', async () => {
  const client = new Tiltmeter({ url: server.address, key: server.adminKey });
  const receipt = await client.predictions(Array.from({ length: 120 }, (_, i) => bad(`long-${i}`)));
  expect(receipt).toMatchObject({ received: 120, stored: 0, rejected_total: 120 });
  expect(receipt.rejected).toHaveLength(100);
});

test('a refusal of the request itself is no receipt', async () => {
  const client = new Tiltmeter({ url: server.address, key: server.adminKey });
  await client.predictions([good('e')], { idempotencyKey: 'used' });
  await expect(client.predictions([good('f')], { idempotencyKey: 'used' })).rejects.toMatchObject({
    status: 422,
    code: 'idempotency_mismatch',
  });
});

test('a repetition that overtakes the first try waits until that is stored, and gets its receipt', async () => {
  const { promise: stored, resolve: store } = Promise.withResolvers<void>();
  const { promise: storing, resolve: began } = Promise.withResolvers<void>();
  const { lake } = server.app.ctx;
  const insert = lake.insert.bind(lake);
  vi.spyOn(lake, 'insert').mockImplementation(async (batch) => {
    began();
    await stored;
    return insert(batch);
  });
  const options = { idempotencyKey: 'twice' };
  const first = new Tiltmeter({ url: server.address, key: server.adminKey });
  const events = [good('g')];
  const firstTry = first.predictions(events, options);
  await storing;

  const statuses: number[] = [];
  const waits: number[] = [];
  const second = new Tiltmeter({
    url: server.address,
    key: server.adminKey,
    fetch: async (...args) => {
      const response = await fetch(...args);
      statuses.push(response.status);
      return response;
    },
    attempts: {
      sleep: async (ms) => {
        waits.push(ms);
        store();
        await firstTry;
      },
    },
  });
  const receipt = await second.predictions(events, options);
  expect(statuses).toEqual([409, 200]);
  expect(waits).toEqual([1000]);
  expect(receipt).toEqual({ ...(await firstTry), repeated: true });
});
