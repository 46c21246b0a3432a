import { expect, test } from 'vitest';
import { Tiltmeter, TiltmeterApiError } from './tiltmeter.ts';

interface Call {
  url: string;
  init: RequestInit & { headers: Record<string, string> };
}

function client(answers: (Response | Error)[], batchSize?: number) {
  const calls: Call[] = [];
  const waits: number[] = [];
  const tiltmeter = new Tiltmeter({
    url: 'http://127.0.0.1:1/',
    key: 'k',
    ...(batchSize === undefined ? {} : { batchSize }),
    attempts: {
      count: 3,
      sleep: async (ms) => {
        waits.push(ms);
      },
    },
    fetch: (async (url: string, init: Call['init']) => {
      calls.push({ url, init });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    }) as unknown as typeof fetch,
  });
  return { tiltmeter, calls, waits };
}

const receipt = (received: number, rejected: number[] = []) =>
  Response.json({
    received,
    stored: received - rejected.length,
    duplicates: 0,
    rejected: rejected.map((index) => ({ index, code: 'invalid_time', message: 'm' })),
    rejected_total: rejected.length,
  });

const event = { model: 'm', prediction: 1 };

test('batches become one receipt whose indexes count from the first event', async () => {
  const { tiltmeter, calls } = client([receipt(2), receipt(1, [0])], 2);
  const total = await tiltmeter.predictions([event, event, event], { idempotencyKey: 'run' });
  expect(total).toMatchObject({ received: 3, stored: 2, rejected: [{ index: 2 }], rejected_total: 1 });
  expect(calls.map((c) => c.url)).toEqual(Array(2).fill('http://127.0.0.1:1/api/v1/predictions'));
  expect(calls.map((c) => c.init.headers['idempotency-key'])).toEqual(['run-0', 'run-2']);
  expect(calls[0]!.init.body).toBe(`${JSON.stringify(event)}\n${JSON.stringify(event)}`);
});

test('a busy server is waited for as long as it says, with the same Idempotency-Key', async () => {
  const busy = new Response('{"error":{"code":"too_many_requests","message":"m"}}', {
    status: 429,
    headers: { 'retry-after': '2' },
  });
  const { tiltmeter, calls, waits } = client([busy, new TypeError('fetch failed'), receipt(1)]);
  expect((await tiltmeter.predictions([event])).stored).toBe(1);
  expect(waits).toEqual([2000, 200]);
  expect(new Set(calls.map((c) => c.init.headers['idempotency-key'])).size).toBe(1);
});

test('after the last try the last error is thrown, with its code', async () => {
  const down = () =>
    new Response('{"error":{"code":"store_unavailable","message":"m","hint":"h"}}', { status: 503 });
  const { tiltmeter, calls } = client([down(), down(), down()]);
  await expect(tiltmeter.labels([{ model: 'm', id: '1', label: 1 }])).rejects.toMatchObject({
    code: 'store_unavailable',
    status: 503,
    hint: 'h',
  });
  expect(calls.length).toBe(3);
});

test('a refusal is final', async () => {
  const { tiltmeter, calls } = client([
    new Response('{"error":{"code":"not_allowed","message":"m"}}', { status: 403 }),
  ]);
  await expect(tiltmeter.call('GET', '/models')).rejects.toBeInstanceOf(TiltmeterApiError);
  expect(calls.length).toBe(1);
});

test('an answer that is not of the API is named as such', async () => {
  const { tiltmeter } = client([new Response('<html>', { status: 404 })]);
  await expect(tiltmeter.call('GET', '/models')).rejects.toMatchObject({ code: 'unexpected_answer' });
});

test('a key with a line break at its end is the key; one with a line break inside is refused, and not told', async () => {
  const seen: string[] = [];
  const call = (async (_: string, { headers }: Call['init']) => {
    seen.push(headers.authorization!);
    return receipt(1);
  }) as unknown as typeof fetch;
  const make = (key: string) => new Tiltmeter({ url: 'http://127.0.0.1:1', key, fetch: call });
  await make('tm_a\n').predictions([event]);
  expect(seen).toEqual(['Bearer tm_a']);
  expect(() => make('tm_a\ntm_b')).toThrow(
    /^The API key has a blank, a line break or a sign that no key has$/,
  );
});
