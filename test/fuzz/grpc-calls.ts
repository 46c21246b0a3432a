import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientHttp2Session, constants } from 'node:http2';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ERRORS } from '../../contract/errors.ts';
import { framed } from '../../server/http/grpc/message.ts';
import { GRPC_STATUS } from '../../server/http/grpc/status.ts';
import { damaged } from './body-request.ts';
import { anyMessage } from './otlp-bodies.ts';

/** A call of gRPC as any program may write it. */
export interface Call {
  /** The path of the method. */
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As they are written, one after the other. */
  readonly pieces: readonly Buffer[];
  /** How the sender ends: at once, with trailers of its own, or in the middle. */
  readonly end: 'end' | 'trailers' | 'cancel';
}

/** Calls whose message is whole or not, behind five bytes that are true or not: a length that is another's, a flag that lies. */
export function anyCall(): fc.Arbitrary<Call> {
  return fc
    .record({
      message: anyMessage(['protobuf', 'protobuf', 'protobuf', 'protobuf', 'json', 'fields', 'bytes']),
      damage: damaged(),
      prefix: fc.constantFrom(
        ...['', '', '', '', '', '', 'gzip', 'flag', 'lie', 'length', 'huge', 'twice', 'cut'],
      ),
      length: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      cuts: fc.array(fc.nat(), { maxLength: 3 }),
      encoding: fc.constantFrom('', '', '', 'gzip', 'identity', 'zstd', 'none'),
      type: fc.constantFrom(...['', '', '', '', '', '', '+proto', '+json', ';charset=x', '-web']),
      method: fc.constantFrom(...['Export', 'Export', 'Export', 'Export', 'Export', 'Export', 'Import', '']),
      timeout: fc.constantFrom('', '', '10S', '0n', 'soon'),
      end: fc.constantFrom('end', 'end', 'end', 'end', 'trailers', 'cancel'),
    })
    .map(
      ({ message: { kind, body }, damage, prefix, length, cuts, encoding, type, method, timeout, end }) => {
        const whole = damage(body);
        const packed = prefix === 'gzip';
        const one = framed(packed ? gzipSync(whole) : whole);
        if (packed || prefix === 'flag') one[0] = 1;
        if (prefix === 'lie') one[0] = length % 256;
        if (prefix === 'length') one.writeUInt32BE((whole.length + (length % 9) - 4) >>> 0, 1);
        if (prefix === 'huge') one.writeUInt32BE(length, 1);
        const told = encoding || (packed ? 'gzip' : '');
        const sent = prefix === 'twice' ? Buffer.concat([one, one]) : one;
        const rest = prefix === 'cut' ? sent.subarray(0, length % (sent.length + 1)) : sent;
        return {
          method: `/${kind.service}/${method}`,
          headers: {
            'content-type': `application/grpc${type}`,
            te: 'trailers',
            ...(told === '' ? {} : { 'grpc-encoding': told }),
            ...(timeout === '' ? {} : { 'grpc-timeout': timeout }),
          },
          pieces: cut(rest, cuts),
          end: end as Call['end'],
        };
      },
    );
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((each) => each % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
}

/** Makes a call; true when something was taken. It has an answer, which is neither UNKNOWN nor INTERNAL, with a code of the table where it is a refusal. */
export async function makeCall(session: ClientHttp2Session, key: string, call: Call): Promise<boolean> {
  const { method, headers, pieces, end } = call;
  const where = `${method} ${JSON.stringify(headers)} ${end} ${pieces
    .map((each) => each.toString('base64'))
    .join(' ')
    .slice(0, 4000)}`;
  const stream = session.request(
    { ':method': 'POST', ':path': method, authorization: `Bearer ${key}`, ...headers },
    { waitForTrailers: end === 'trailers' } as object,
  );
  const told: Record<string, unknown> = {};
  stream.on('error', () => {});
  stream.on('response', (head) => Object.assign(told, head));
  stream.on('trailers', (last) => Object.assign(told, last));
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-of-the-sender': 'something' }));
  const closed = once(stream, 'close');
  stream.resume();
  for (const piece of pieces) stream.write(piece);
  if (end === 'cancel') stream.close(constants.NGHTTP2_CANCEL);
  else stream.end();
  await closed;
  assert.ok(!session.closed && !session.destroyed, `the connection was given up: ${where}`);
  if (end === 'cancel') return false;
  const status = Number(told['grpc-status']);
  const answer = `${JSON.stringify(told)} for ${where}`;
  assert.ok(Object.values(GRPC_STATUS).includes(status as never), answer);
  assert.notEqual(status, GRPC_STATUS.internal, answer);
  if (status === GRPC_STATUS.ok) return true;
  const message = decodeURIComponent(String(told['grpc-message']));
  assert.ok(message.split(':')[0]! in ERRORS, answer);
  return false;
}
