import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
});
afterAll(() => tilt.stop());

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: replies of every shape
  readonly body: any;
}

async function post(
  kind: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(`${tilt.address}/api/v1/${kind}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tilt.adminKey}`, 'content-type': 'application/x-ndjson', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: reply.status, body: await reply.json() };
}

const good = (id: string) => JSON.stringify({ model: 'good', id, features: { a: 1 }, prediction: 2 });

/** Lines that are refused, each beside two good ones. */
const lines: [name: string, line: string, code: string][] = [
  ['malformed line', '{"model":"good",', 'invalid_json'],
  ['NaN', '{"model":"good","features":{"a":NaN}}', 'invalid_json'],
  ['Infinity', '{"model":"good","features":{"a":-Infinity}}', 'invalid_json'],
  ['1e400', '{"model":"good","features":{"a":1e400}}', 'number_not_finite'],
  ['wrong type', '{"model":"good","prediction":1,"score":"high"}', 'invalid_field'],
  ['nested feature', '{"model":"good","features":{"a":{"b":1}}}', 'invalid_field'],
  ['not an object', '[1,2]', 'invalid_event'],
  ['lone surrogate', '{"model":"good","features":{"c":"\\ud800"}}', 'invalid_unicode'],
  ['NUL', '{"model":"good","features":{"c":"a\\u0000b"}}', 'invalid_unicode'],
  [
    '1 MB string',
    JSON.stringify({ model: 'good', features: { c: 'x'.repeat(1_000_000) } }),
    'string_too_long',
  ],
  [
    '2 MB event',
    JSON.stringify({ model: 'good', features: { c: 'x'.repeat(2_000_000) } }),
    'event_too_large',
  ],
  ['100 objects', JSON.stringify({ model: 'good', features: { a: Array(100).fill({}) } }), 'invalid_event'],
  ['feature _id', '{"model":"good","features":{"_id":1}}', 'invalid_feature_name'],
  ['feature that quotes', '{"model":"good","features":{"\\"; drop table":1}}', 'invalid_feature_name'],
  ['model with slashes', '{"model":"../../etc/passwd","prediction":1}', 'invalid_model_name'],
  ['no model', '{"prediction":1}', 'missing_field'],
  ['unknown field', '{"model":"good","prediction":1,"colour":"red"}', 'unknown_field'],
  ['__proto__', '{"model":"good","prediction":1,"__proto__":{"admin":true}}', 'unknown_field'],
  ['1970', '{"model":"good","prediction":1,"time":0}', 'invalid_time'],
  ['2100', '{"model":"good","prediction":1,"time":"2100-01-01T00:00:00Z"}', 'invalid_time'],
  ['empty id', '{"model":"good","prediction":1,"id":""}', 'invalid_id'],
];

describe('one bad line: refused with its code, the good ones beside it stored', () => {
  test.each(lines)('%s', async (name, line, code) => {
    const { status, body } = await post(
      'predictions',
      `${good(`${name} 1`)}\n${line}\n${good(`${name} 2`)}\n`,
    );
    expect(body).toMatchObject({ received: 3, stored: 2, rejected: [{ index: 1, code }], rejected_total: 1 });
    expect(body.rejected[0].message.length).toBeLessThan(200);
    expect(status).toBe(200);
    const alone = await post('predictions', line);
    expect(alone).toMatchObject({ status: 422, body: { error: { code }, received: 1, stored: 0 } });
  });

  test('all of them are kept', async () => {
    const kept = await tilt.json('GET', '/api/v1/rejects?limit=1000');
    expect(kept.body.items).toHaveLength(lines.length * 2);
    const long = kept.body.items.find((item: { code: string }) => item.code === 'event_too_large');
    expect(long.raw).toHaveLength(65_536);
    expect(long.message).toContain('kept in part');
  });
});

const whole: [
  name: string,
  body: string | Buffer,
  headers: Record<string, string>,
  status: number,
  code: string,
][] = [
  ['empty body', '', {}, 400, 'empty_body'],
  ['blank body', '\n \n', {}, 400, 'empty_body'],
  ['malformed JSON', '{"model":', { 'content-type': 'application/json' }, 400, 'invalid_json'],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), { 'content-type': 'application/json' }, 400, 'invalid_json'],
  ['form', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
  ['brotli', 'x', { 'content-encoding': 'br' }, 415, 'unsupported_encoding'],
  ['not gzip', 'x', { 'content-encoding': 'gzip' }, 400, 'invalid_compression'],
  [
    'gzip bomb',
    gzipSync(Buffer.alloc(200_000_000, 0x20)),
    { 'content-encoding': 'gzip' },
    413,
    'body_too_large',
  ],
  [
    'zstd bomb',
    zstdCompressSync(Buffer.alloc(200_000_000)),
    { 'content-encoding': 'zstd' },
    413,
    'body_too_large',
  ],
  ['200 MB', Buffer.alloc(200_000_000, 0x20), {}, 413, 'body_too_large'],
  ['wrong key', good('x'), { authorization: 'Bearer tm_nonsense' }, 401, 'not_authenticated'],
  ['no key', good('x'), { authorization: '' }, 401, 'not_authenticated'],
];

describe('the request as a whole', () => {
  test.each(whole)('%s', async (_name, body, headers, status, code) => {
    expect(await post('predictions', body, headers)).toMatchObject({ status, body: { error: { code } } });
  });

  test('a body without length that does not end is cut at the limit', async () => {
    const chunk = new Uint8Array(1_000_000).fill(0x20);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        if (sent++ < 200) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const reply = await fetch(`${tilt.address}/api/v1/predictions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tilt.adminKey}`, 'content-type': 'application/x-ndjson' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(reply.status).toBe(413);
  });

  test('a key that may only read', async () => {
    const key = await tilt.json('POST', '/api/v1/keys', { name: 'reader', scopes: ['read'] });
    const { status, body } = await post('predictions', good('x'), {
      authorization: `Bearer ${key.body.secret}`,
    });
    expect([status, body.error.code]).toEqual([403, 'not_allowed']);
  });
});

test('gzip and zstd bodies', async () => {
  expect(
    (await post('predictions', gzipSync(good('gzip')), { 'content-encoding': 'gzip' })).body.stored,
  ).toBe(1);
  expect(
    (await post('predictions', zstdCompressSync(good('zstd')), { 'content-encoding': 'zstd' })).body.stored,
  ).toBe(1);
});

test('duplicate ids in one batch', async () => {
  const { body } = await post('predictions', [good('dup'), good('dup'), good('dup')].join('\n'));
  expect(body).toMatchObject({ received: 3, stored: 1, duplicates: 2, rejected_total: 0 });
});

test('a missing time is now, a missing id is made', async () => {
  await post('predictions', '{"model":"timeless","prediction":1}');
  const { body } = await tilt.json('GET', '/api/v1/models/timeless/predictions');
  expect(Math.abs(Date.parse(body.items[0].time) - Date.now())).toBeLessThan(60_000);
  expect(body.items[0].id).not.toBe('');
});

test('a value of another type is kept as a misfit, in a declared text column as its text', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'types', columns: { zip: { type: 'categorical' } } });
  await post('predictions', '{"model":"types","id":"1","features":{"a":1,"b":true,"zip":1234}}');
  await post('predictions', '{"model":"types","id":"2","features":{"a":"one","b":"yes","zip":"01234"}}');
  const one = await tilt.json('GET', '/api/v1/models/types/predictions/1');
  expect(one.body).toMatchObject({ features: { a: 1, b: true, zip: '1234' }, misfit: {} });
  const two = await tilt.json('GET', '/api/v1/models/types/predictions/2');
  expect(two.body).toMatchObject({
    features: { a: null, b: null, zip: '01234' },
    misfit: { a: 'one', b: 'yes' },
  });
});

test('of a model with 1,000 features further ones are left out, said and counted; the rest of the rows is stored', async () => {
  const wide = (from: number) =>
    JSON.stringify({
      model: 'wide',
      features: Object.fromEntries(many(600).map(([k, v]) => [`${k}_${from}`, v])),
    });
  const { body } = await post('predictions', `${wide(0)}\n${wide(1)}\n${wide(0)}\n${wide(1)}\n`);
  expect(body).toMatchObject({ stored: 4, rejected_total: 0, dropped_features: 400 });
  expect(body.warnings).toEqual([
    expect.stringMatching(
      /^wide has 1,000 feature columns, .* 400 values of other features \(f400_1, f401_1, f402_1 …\) were left out/,
    ),
  ]);
  const { body: found } = await tilt.json(
    'GET',
    '/api/v1/models/wide/predictions?where=f399_1:eq:399&limit=1',
  );
  expect(found.items[0].features).toMatchObject({ f399_1: 399, f0_0: null });
  const status = await tilt.json('GET', '/api/v1/status');
  expect(status.body.ingest.dropped_features).toBe(400);
  expect((await tilt.json('GET', '/metrics')).body).toContain(
    'tiltmeter_ingest_dropped_features_total 400\n',
  );
  await tilt.app.runJob('watch');
  const { body: after } = await tilt.json('GET', '/api/v1/status');
  expect(after.troubles).toEqual([expect.objectContaining({ kind: 'features', model: 'wide' })]);
});

test('labels: wrong ones refused, those of unknown predictions kept', async () => {
  const rows = [
    '{"model":"good","id":"never seen","label":1}',
    '{"model":"good","label":1}',
    '{"model":"good","id":"x","label":{"a":1}}',
    '{"model":"good","id":"x","label":1e999}',
    '{"model":"good","id":"x","label":"a","extra":1}',
    '{"model":"good","id":"x","label":"\\ud800"}',
    '{"model":"a/b","id":"x","label":1}',
    '{"model":"good","id":"x","label":1,"time":5}',
    '"x"',
  ];
  const { body } = await post('labels', rows.join('\n'));
  expect(body).toMatchObject({ received: 9, stored: 1 });
  expect(body.rejected.map(({ code }: { code: string }) => code)).toEqual([
    ...['missing_field', 'invalid_field', 'number_not_finite', 'unknown_field', 'invalid_unicode'],
    ...['invalid_model_name', 'invalid_time', 'invalid_event'],
  ]);
});

test('outcomes and changes: wrong ones refused, in words', async () => {
  const outcomes = await post(
    'outcomes',
    [
      '{"model":"good","metric":"revenue","value":1}',
      '{"model":"good","metric":"","value":1}',
      '{"model":"good","metric":"revenue","value":"much"}',
      '{"model":"good","metric":"revenue","value":1e999}',
    ].join('\n'),
  );
  expect(outcomes.body).toMatchObject({
    stored: 1,
    rejected: [
      { code: 'invalid_field', message: 'metric: must not be empty' },
      { code: 'invalid_field', message: 'value: must be a number' },
      { code: 'number_not_finite' },
    ],
  });
  const changes = await post(
    'changes',
    [
      '{"kind":"deploy","title":"1","url":"https://ci.example.org/1"}',
      '{"kind":"deploy","title":"2","url":"javascript:alert(1)"}',
      '{"kind":"deploy","title":"3","url":"data:text/html,x"}',
      '{"kind":"deploy"}',
    ].join('\n'),
  );
  const notAnAddress = { code: 'invalid_field', message: 'url: must be an http or https address' };
  expect(changes.body).toMatchObject({
    stored: 1,
    rejected: [notAnAddress, notAnAddress, { code: 'missing_field' }],
  });
});

test('a sender that puts an id into the model name cannot make models without end', async () => {
  const few = await startTestApp({ limits: { models: 3 } });
  const send = (models: string[]) =>
    few.json(
      'POST',
      '/api/v1/predictions',
      models.map((model) => ({ model, prediction: 1 })),
    );
  try {
    const { status, body } = await send(['a', 'b', 'c', 'c-17', 'a', 'c-18']);
    expect(status).toBe(200);
    expect(body).toMatchObject({ stored: 4, rejected_total: 2 });
    expect(body.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
      [3, 'too_many_models'],
      [5, 'too_many_models'],
    ]);
    expect(await send(['c-17'])).toMatchObject({ status: 422, body: { error: { code: 'too_many_models' } } });
    expect((await few.json('POST', '/api/v1/models', { id: 'c-17' })).status).toBe(201);
    expect((await send(['c-17'])).body.stored).toBe(1);
    expect((await few.json('GET', '/api/v1/rejects?code=too_many_models')).body.items).toHaveLength(3);
  } finally {
    await few.stop();
  }
});

test('after all that the server is well', async () => {
  expect((await tilt.json('GET', '/readyz')).status).toBe(200);
  const { received, stored, duplicates, rejected, queuedBytes } = tilt.app.ingest.counters();
  expect(received).toBe(stored + duplicates + rejected);
  expect(queuedBytes).toBe(0);
});

describe('moments and windows beyond all dates', () => {
  const references = () => tilt.json('GET', '/api/v1/models/good/references');
  test.each([
    ['a moment', { kind: 'fixed', name: 'all', from: 0, to: '9999999999999999' }],
    ['a moment as a number', { kind: 'fixed', name: 'all', from: 0, to: 2 ** 53 - 1 }],
    ['a window', { kind: 'rolling', name: 'all', window_ms: 2 ** 53 - 1 }],
    ['an offset', { kind: 'rolling', name: 'all', window_ms: 3_600_000, offset_ms: 2 ** 53 - 1 }],
  ])('%s of a reference is refused, and none is stored', async (_name, reference) => {
    await post('predictions', good('dates'));
    expect((await tilt.json('POST', '/api/v1/models/good/references', reference)).status).toBe(400);
    expect(await references()).toMatchObject({ status: 200, body: { items: [] } });
  });

  test.each(['9999999999999999', '8640000000000001', '-9999999999999999'])(
    'to=%s is refused where it is asked for',
    async (to) => {
      await post('predictions', good('dates'));
      for (const what of ['columns/a/distribution', 'quality', 'traffic', 'export/predictions'])
        expect((await tilt.json('GET', `/api/v1/models/good/${what}?to=${to}`)).status).toBe(400);
    },
  );
});

function many(count: number): [string, number][] {
  return Array.from({ length: count }, (_, i) => [`f${i}`, i]);
}
