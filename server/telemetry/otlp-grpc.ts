import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { TiltmeterError } from '../../contract/errors.ts';
import { type Coming, whenGone } from '../events/doors/receive.ts';
import type { Ingest } from '../events/ingest.ts';
import { readPrefix } from '../http/grpc/message.ts';
import { type Route, type RouteInput, route } from '../http/route.ts';
import { TELEMETRY_KINDS } from './kinds/index.ts';
import { success } from './otlp/answers.ts';
import { takeRequest } from './otlp-request.ts';
import type { Telemetry } from './telemetry.ts';

/** OTLP over gRPC: the same messages as over HTTP, into the same tables, under the same rules. */
export function otlpGrpcRoutes(ingest: Ingest, telemetry: Telemetry): readonly Route[] {
  return TELEMETRY_KINDS.map((kind) =>
    route({
      method: 'POST',
      path: `/${kind.service}/Export`,
      summary: kind.summary,
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      handle: async (ctx, input) => {
        const coming = callOf(input, ingest.limits.pace.ms);
        const tally = await takeRequest(ctx, { ingest, telemetry, kind, encoding: 'protobuf' }, coming);
        return success('protobuf', kind.rejected, tally.rejected, tally.told()).body;
      },
    }),
  );
}

/** The message of a call as the body of a request. `ms`: within which it begins. */
function callOf(
  { request, reply }: Pick<RouteInput<never, never, never>, 'request' | 'reply'>,
  ms: number,
): Coming {
  const source = (request.body ?? request.raw) as Readable;
  return {
    source,
    async head() {
      const { compressed, length } = await readPrefix(source, ms);
      const encoding = compressed ? encodingOf(request.headers) : undefined;
      return { encoding, announced: length, unchecked: true };
    },
    gone: whenGone(reply),
  };
}

/** Errors: unsupported_encoding. */
function encodingOf({ 'grpc-encoding': encoding }: IncomingHttpHeaders): string {
  if (typeof encoding === 'string' && encoding !== 'identity') return encoding;
  throw new TiltmeterError('unsupported_encoding', 'the message says that it is compressed, and not how');
}
