import { z } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import { comingOf } from '../events/doors/receive.ts';
import type { Ingest } from '../events/ingest.ts';
import { type Route, route } from '../http/route.ts';
import { TELEMETRY_KINDS } from './kinds/index.ts';
import type { TelemetryKind } from './kinds/kind.ts';
import { type Encoding, encodingOf, failure, success } from './otlp/answers.ts';
import { takeRequest } from './otlp-request.ts';
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
      handle: async (ctx, { request, reply }) => {
        const encoding = requireEncoding(request.headers['content-type']);
        const coming = comingOf({ request, reply });
        const tally = await takeRequest(ctx, { ingest, telemetry, kind, encoding }, coming);
        const { type, body } = success(encoding, kind.rejected, tally.rejected, tally.told());
        reply.type(type);
        return body;
      },
    }),
  );
}

/** The answer as it is in JSON. */
function partialSuccess({ rejected }: TelemetryKind): z.ZodType {
  const partial = z.object({ [rejected]: z.string(), errorMessage: z.string() });
  return z.object({ partialSuccess: partial.optional() });
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
