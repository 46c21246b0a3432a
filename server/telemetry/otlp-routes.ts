import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERRORS, type ErrorCode, TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { receive } from '../events/doors/receive.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import { TELEMETRY_KINDS } from './kinds/index.ts';
import type { TelemetryKind } from './kinds/kind.ts';
import { type Encoding, encodingOf, failure, success } from './otlp/answers.ts';
import type { Shortened } from './otlp/attributes.ts';
import { jsonRecords, parseRequest } from './otlp/json-records.ts';
import { countRecords, protobufRecords } from './otlp/protobuf-records.ts';
import type { Found } from './otlp/record.ts';
import type { Telemetry } from './telemetry.ts';

/** OTLP over HTTP at the protocol's own addresses: protobuf or JSON; plain, gzip or zstd. */
export function otlpRoutes(ingest: Ingest, telemetry: Telemetry): readonly Route[] {
  return TELEMETRY_KINDS.map((kind) =>
    route({
      method: 'POST',
      path: kind.path,
      summary: kind.summary,
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      body: z.object({ [kind.lists[0]]: z.array(z.unknown()) }),
      reply: partialSuccess(kind),
      failure: (error, { headers }) => failure(encodingOf(headers['content-type']) ?? 'json', error),
      handle: (ctx, { request, reply }) => take(ctx, { ingest, telemetry, kind, request, reply }),
    }),
  );
}

/** The answer as it is in JSON. */
function partialSuccess({ rejected }: TelemetryKind): z.ZodType {
  const partial = z.object({ [rejected]: z.string(), errorMessage: z.string() });
  return z.object({ partialSuccess: partial.optional() });
}

interface Asked {
  readonly ingest: Ingest;
  readonly telemetry: Telemetry;
  readonly kind: TelemetryKind;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function take(ctx: Ctx, { ingest, telemetry, kind, request, reply }: Asked): Promise<Buffer> {
  const encoding = requireEncoding(request.headers['content-type']);
  const tally = await receive(ctx, ingest, { request, reply }, async (body, gone) => {
    const read = recordsOf(body, encoding, kind, ingest.limits.events);
    const taken = await telemetry.otlp.take(ctx, kind, read, gone);
    return { result: taken, useful: taken.stored > 0 || taken.rejected === 0 };
  });
  if (tally.stored === 0 && tally.rejected > 0) throw nothingStored(tally.refused);
  const { type, body } = success(encoding, kind.rejected, tally.rejected, tally.told());
  reply.type(type);
  return body;
}

/** Errors: unsupported_media_type. */
function requireEncoding(contentType: string | undefined): Encoding {
  const encoding = encodingOf(contentType);
  if (encoding === undefined)
    throw new TiltmeterError(
      'unsupported_media_type',
      `OTLP is application/x-protobuf or application/json, not ${(contentType ?? 'without a content type').slice(0, 80)}`,
    );
  return encoding;
}

/** The way to the records of a body, which was looked through already. Errors: invalid_protobuf, invalid_json, body_too_large. */
function recordsOf(
  body: Buffer,
  encoding: Encoding,
  kind: TelemetryKind,
  most: number,
): (shortened: Shortened) => Iterable<Found> {
  const ofMetrics = kind.id === 'metrics';
  if (encoding === 'json') {
    const request = parseRequest(body);
    return (shortened) => jsonRecords(request, kind.lists, ofMetrics, shortened);
  }
  if (countRecords(body, ofMetrics, most) > most)
    throw new TiltmeterError('body_too_large', `the body has more than ${most} records`);
  return (shortened) => protobufRecords(body, ofMetrics, shortened);
}

/** Nothing of the request was stored: senders that look only at the status must see it. */
function nothingStored(refused: ReadonlyMap<ErrorCode, { readonly message: string }>): TiltmeterError {
  const [[code, { message }] = ['invalid_telemetry', { message: '' }] as const] = refused;
  return new TiltmeterError(code, `nothing was stored: ${message || ERRORS[code].title}`);
}
