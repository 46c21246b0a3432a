import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import fc from 'fast-check';
import { ERRORS } from '../../contract/errors.ts';
import { noting, stillJudged } from '../../server/events/testing/still-judged.ts';
import { messageType } from '../../server/telemetry/otlp/messages.ts';
import { startTestApp, type TestApp } from '../app.ts';
import type { BodyRequest } from './body-request.ts';
import { anyBulk } from './bulk-bodies.ts';
import { doorOf, doorsOf } from './doors.ts';
import { anyEvents } from './event-bodies.ts';
import { anyCall, type Call, makeCall } from './grpc-calls.ts';
import { anyHeartbeat } from './heartbeats.ts';
import { anyTelemetry } from './otlp-bodies.ts';
import { anyCapture, anyPayload } from './payload-bodies.ts';
import { anySamples } from './remote-write-bodies.ts';
import { anyTable } from './table-bodies.ts';

const AT_ONCE = 25;

/** What came of it. */
export interface Sent {
  /** How many models there are then. */
  readonly models: number;
  /** Every door: how many requests came to it, and of how many something was taken. */
  readonly doors: ReadonlyMap<string, { readonly asked: number; readonly taken: number }>;
}

/**
 * Sends that many generated bodies to all doors of a real server, over HTTP and gRPC: nearly right ones, any JSON, damaged text, any bytes; plain or compressed,
 * truthful about it or not. One in so many is a table, which a process of its own reads. No answer is a 5xx, every refusal has a code of the table,
 * every receipt adds up, and at the end the server is well and every model is rolled up and judged.
 */
export async function fuzzBodies(bodies: number, seed: number, oneTableIn = 100): Promise<Sent> {
  const troubles: string[] = [];
  // What came to nothing is not paid off: it would take the longest.
  const tilt = await startTestApp({ log: noting(troubles), grpcPort: 0, limits: { wastedBytes: 1e9 } });
  const session = connect(`http://127.0.0.1:${tilt.app.grpcPort}`);
  const anyRequest = fc.oneof(
    ...[anyEvents(), anyEvents(), anyTelemetry(), anyTelemetry(), anySamples(), anyPayload(), anyCapture()]
      .concat(anyBulk(), anyHeartbeat())
      .map((arbitrary) => ({ weight: oneTableIn, arbitrary })),
    { weight: 2 * oneTableIn, arbitrary: anyCall() },
    { weight: 11, arbitrary: anyTable() },
  );
  try {
    const all = doorsOf((await tilt.json('GET', '/api/v1/openapi.json')).body);
    const doors = new Map(all.map((door) => [door, { asked: 0, taken: 0 }]));
    const one = async (request: BodyRequest | Call) => {
      const call = 'pieces' in request;
      const some = call ? await makeCall(session, tilt.adminKey, request) : await send(tilt, request);
      // Some ask for what there is not.
      const door = doors.get(doorOf(all, call ? request.method : request.path) ?? '');
      if (door === undefined) return;
      door.asked++;
      if (some) door.taken++;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
        await Promise.all(requests.map(one));
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
    return { models: models.body.items.length, doors };
  } finally {
    session.destroy();
    await tilt.stop();
  }
}

/** True when something was taken. */
async function send(tilt: TestApp, { path, body, headers, preview }: BodyRequest): Promise<boolean> {
  const reply = await fetch(tilt.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${tilt.adminKey}`, ...headers },
    body: new Uint8Array(body),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const where = `${reply.status} ${bytes.toString().slice(0, 500)} for ${path} ${JSON.stringify(headers)} ${body.toString('base64').slice(0, 4000)}`;
  assert.ok(reply.status < 500, where);
  if (path.startsWith('/v1/')) {
    requireOtlp(reply, bytes, where);
    return reply.ok;
  }
  const told = reply.status === 204 ? {} : JSON.parse(bytes.toString());
  if (told.error != null) assert.ok(told.error.code in ERRORS, where);
  if (told.items !== undefined) return requireEach(told.items, where);
  if (told.received !== undefined) {
    assert.equal(told.received, told.stored + told.duplicates + told.rejected_total, where);
    for (const { code } of told.rejected) assert.ok(code in ERRORS, where);
    return told.stored > 0;
  }
  if (preview === undefined || reply.status !== 201) return reply.ok;
  const looked = await tilt.json('POST', `/api/v1/uploads/${told.id}/preview`, preview);
  assert.ok(looked.status < 500, `${looked.status} ${JSON.stringify(looked.body)}: preview of ${where}`);
  if (looked.status >= 400) assert.ok(looked.body.error.code in ERRORS, where);
  return true;
}

/** Each item of an answer to a bulk request is stored, or refused for a reason. */
function requireEach(items: readonly Record<string, BulkItem>[], where: string): boolean {
  const all = items.flatMap((item) => Object.values(item));
  for (const { status, error } of all) assert.ok(status === 201 || error!.type in ERRORS, where);
  return all.some(({ status }) => status === 201);
}

interface BulkItem {
  readonly status: number;
  readonly error?: { readonly type: string };
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
