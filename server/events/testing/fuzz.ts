import assert from 'node:assert/strict';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { ERRORS } from '../../../contract/errors.ts';
import { startTestApp } from '../../../test/app.ts';
import { EVENT_KINDS } from '../kinds/index.ts';
import { noting, stillJudged } from './still-judged.ts';

interface Request {
  readonly kind: string;
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

const AT_ONCE = 25;

/**
 * Sends that many generated bodies to the real server: nearly right events, any JSON, damaged text, any bytes; plain or
 * compressed, truthful about it or not. No answer is a 5xx, every refusal has a code of the table, every receipt adds
 * up, and at the end the server is well and every model is rolled up and judged. Returns how many models there are then.
 */
export async function fuzzIngest(bodies: number, seed: number): Promise<number> {
  const troubles: string[] = [];
  const tilt = await startTestApp({ log: noting(troubles) });
  try {
    const send = async ({ kind, body, headers }: Request): Promise<void> => {
      const reply = await fetch(`${tilt.address}/api/v1/${kind}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tilt.adminKey}`, ...headers },
        body: new Uint8Array(body),
      });
      // biome-ignore lint/suspicious/noExplicitAny: the reply is what is tested
      const told = (await reply.json()) as any;
      const where = `${reply.status} ${JSON.stringify(told)} for ${kind} ${body.toString('base64').slice(0, 2000)}`;
      assert.ok(reply.status < 500, where);
      if (told.error !== undefined) assert.ok(told.error.code in ERRORS, where);
      if (told.received === undefined) return;
      assert.equal(told.received, told.stored + told.duplicates + told.rejected_total, where);
      for (const { code } of told.rejected) assert.ok(code in ERRORS, where);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRequest(), { minLength: AT_ONCE, maxLength: AT_ONCE }),
        async (requests) => {
          await Promise.all(requests.map(send));
        },
      ),
      { numRuns: Math.ceil(bodies / AT_ONCE), seed, endOnFailure: true },
    );
    const { failed, queuedBytes } = tilt.app.ingest.counters();
    assert.deepEqual({ failed, queuedBytes }, { failed: 0, queuedBytes: 0 });
    const good = await tilt.json('POST', '/api/v1/predictions', { model: 'still-well', prediction: 1 });
    assert.equal(good.body.stored, 1);
    await stillJudged(tilt, troubles);
    const models = await tilt.json('GET', '/api/v1/models?limit=1000');
    for (const { id } of models.body.items) {
      assert.equal((await tilt.json('GET', `/api/v1/models/${id}/predictions?limit=1000`)).status, 200);
    }
    return models.body.items.length;
  } finally {
    await tilt.stop();
  }
}

function anyRequest(): fc.Arbitrary<Request> {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 10 }));
  const scalar = fc.oneof(fc.double(), fc.integer(), text, fc.boolean(), fc.constant(null));
  const odd = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const name = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'größe', 'x y', '名前') },
    { weight: 1, arbitrary: text },
  );
  const map = odd(fc.dictionary(name, odd(scalar), { maxKeys: 5 }));
  const event = fc.record(
    {
      model: odd(fc.constantFrom('m1', 'm2', 'M.3', 'a/b')),
      id: odd(fc.oneof(fc.uuid(), text, fc.constantFrom('1', '2', '3'))),
      time: odd(fc.oneof(fc.date().map(String), fc.integer(), fc.integer({ min: 9e11, max: 1.9e12 }))),
      features: map,
      prediction: odd(scalar),
      score: odd(fc.double()),
      probabilities: map,
      latency_ms: odd(fc.double()),
      error: odd(text),
      attributions: map,
      tags: map,
      label: odd(scalar),
      metric: odd(text),
      value: odd(fc.double()),
      kind: odd(text),
      title: odd(text),
      url: odd(fc.webUrl()),
      source: odd(text),
    },
    { requiredKeys: [] },
  );
  const fields: Record<string, string[]> = {
    predictions: [
      'model',
      'id',
      'time',
      'features',
      'prediction',
      'score',
      'probabilities',
      'latency_ms',
      'error',
      'attributions',
      'tags',
    ],
    labels: ['model', 'id', 'label', 'time', 'source'],
    outcomes: ['model', 'metric', 'value', 'id', 'time'],
    changes: ['time', 'kind', 'title', 'model', 'url'],
  };
  const pick = (kind: string, whole: Record<string, unknown>, all: boolean) =>
    all
      ? whole
      : Object.fromEntries(
          fields[kind]!.filter((field) => field in whole).map((field) => [field, whole[field]]),
        );
  return fc
    .record({
      kind: fc.constantFrom(...Object.keys(EVENT_KINDS)),
      events: fc.array(fc.tuple(event, fc.integer({ min: 0, max: 20 })), { maxLength: 6 }),
      shape: fc.constantFrom('array', 'lines', 'lines', 'one', 'json', 'bytes'),
      json: fc.jsonValue(),
      bytes: fc.uint8Array({ maxLength: 200 }),
      damage: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.tuple(fc.nat(), text) },
      ),
      packing: fc.constantFrom('', '', '', 'gzip', 'zstd', 'lie'),
      key: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('k1', 'k2') },
      ),
    })
    .map(({ kind, events, shape, json, bytes, damage, packing, key }) => {
      const rows = events.map(([whole, n]) => pick(kind, whole, n === 0));
      let body = Buffer.from(bytes);
      if (shape === 'array') body = Buffer.from(JSON.stringify(rows));
      if (shape === 'lines') body = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
      if (shape === 'one') body = Buffer.from(JSON.stringify(rows[0] ?? json));
      if (shape === 'json') body = Buffer.from(JSON.stringify(json));
      if (damage !== undefined) {
        const at = damage[0] % (body.length + 1);
        body = Buffer.concat([body.subarray(0, at), Buffer.from(damage[1]), body.subarray(at + 1)]);
      }
      if (packing === 'gzip') body = gzipSync(body);
      if (packing === 'zstd') body = zstdCompressSync(body);
      const headers: Record<string, string> = {
        'content-type': shape === 'lines' ? 'application/x-ndjson' : 'application/json',
      };
      if (packing !== '') headers['content-encoding'] = packing === 'lie' ? 'gzip' : packing;
      if (key !== undefined) headers['idempotency-key'] = key;
      return { kind, body, headers };
    });
}
