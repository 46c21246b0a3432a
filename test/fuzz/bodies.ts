import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ERRORS } from '../../contract/errors.ts';
import { noting, stillJudged } from '../../server/events/testing/still-judged.ts';
import { messageType } from '../../server/telemetry/otlp/messages.ts';
import { startTestApp, type TestApp } from '../app.ts';
import type { BodyRequest } from './body-request.ts';
import { anyEvents } from './event-bodies.ts';
import { anyTelemetry } from './otlp-bodies.ts';
import { anySamples } from './remote-write-bodies.ts';
import { anyTable } from './table-bodies.ts';

const AT_ONCE = 25;

/** What came of it. */
export interface Sent {
  /** How many models there are then. */
  readonly models: number;
  /** Of how many requests something was taken, by the path of the door. */
  readonly taken: ReadonlyMap<string, number>;
}

/**
 * Sends that many generated bodies to the doors of a real server: nearly right ones, any JSON, damaged text, any bytes; plain or compressed,
 * truthful about it or not. One in so many is a table, which a process of its own reads. No answer is a 5xx, every refusal has a code of the table,
 * every receipt adds up, and at the end the server is well and every model is rolled up and judged.
 */
export async function fuzzBodies(bodies: number, seed: number, oneTableIn = 100): Promise<Sent> {
  const troubles: string[] = [];
  const taken = new Map<string, number>();
  const tilt = await startTestApp({ log: noting(troubles) });
  const anyRequest = fc.oneof(
    { weight: 6 * oneTableIn, arbitrary: anyEvents() },
    { weight: 3 * oneTableIn, arbitrary: anyTelemetry() },
    { weight: oneTableIn, arbitrary: anySamples() },
    { weight: 10, arbitrary: anyTable() },
  );
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
        await Promise.all(requests.map((request) => send(tilt, request, taken)));
      }),
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
    return { models: models.body.items.length, taken };
  } finally {
    await tilt.stop();
  }
}

async function send(
  tilt: TestApp,
  { path, body, headers, preview }: BodyRequest,
  taken: Map<string, number>,
): Promise<void> {
  const reply = await fetch(tilt.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${tilt.adminKey}`, ...headers },
    body: new Uint8Array(body),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const where = `${reply.status} ${bytes.toString().slice(0, 500)} for ${path} ${JSON.stringify(headers)} ${body.toString('base64').slice(0, 4000)}`;
  assert.ok(reply.status < 500, where);
  const [door = ''] = path.split('?');
  if (reply.ok) taken.set(door, (taken.get(door) ?? 0) + 1);
  if (path.startsWith('/v1/')) return requireOtlp(reply, bytes, where);
  const told = reply.status === 204 ? {} : JSON.parse(bytes.toString());
  if (told.error != null) assert.ok(told.error.code in ERRORS, where);
  if (told.received !== undefined) {
    assert.equal(told.received, told.stored + told.duplicates + told.rejected_total, where);
    for (const { code } of told.rejected) assert.ok(code in ERRORS, where);
  }
  if (preview === undefined || reply.status !== 201) return;
  const looked = await tilt.json('POST', `/api/v1/uploads/${told.id}/preview`, preview);
  assert.ok(looked.status < 500, `${looked.status} ${JSON.stringify(looked.body)}: preview of ${where}`);
  if (looked.status >= 400) assert.ok(looked.body.error.code in ERRORS, where);
}

/** An answer as OTLP has it, in the encoding that was asked in. */
function requireOtlp({ ok, headers }: Response, bytes: Buffer, where: string): void {
  let message: string;
  if (headers.get('content-type') === 'application/x-protobuf') {
    const read = messageType(ok ? 'ExportResponse' : 'RpcStatus').decode(bytes);
    message = (read as unknown as { message?: string }).message ?? '';
  } else message = JSON.parse(bytes.toString()).message ?? '';
  if (!ok) assert.ok(message.split(':')[0]! in ERRORS, where);
}
