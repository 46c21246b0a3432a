import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { receive } from '../../events/doors/receive.ts';
import type { Ingest } from '../../events/ingest.ts';
import { type Route, route } from '../../http/route.ts';
import type { TelemetryTally } from '../tally.ts';
import type { Telemetry } from '../telemetry.ts';
import { type WriteVersion, writeVersionOf } from './protocol.ts';
import { readV1 } from './read-v1.ts';
import { readV2 } from './read-v2.ts';

/** Prometheus remote write, 1.0 and 2.0, at the address that Prometheus itself has for it. */
export function remoteWriteRoutes(ingest: Ingest, telemetry: Telemetry): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/write',
      summary: 'Store samples (Prometheus remote write 1.0 and 2.0)',
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      body: z.object({ timeseries: z.array(z.unknown()) }),
      status: 204,
      handle: (ctx, { request, reply }) => take(ctx, ingest, telemetry, request, reply),
    }),
  ];
}

/** Errors: unsupported_media_type, invalid_protobuf, body_too_large, and the code of what was refused, when anything was. */
async function take(
  ctx: Ctx,
  ingest: Ingest,
  { remoteWrite }: Telemetry,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<undefined> {
  const version = requireVersion(request.headers['content-type']);
  const tally = await receive(ctx, ingest, { request, reply }, async (body, gone) => {
    const sent = version === 1 ? readV1(body, ingest.limits.events) : readV2(body, ingest.limits.events);
    const taken = await remoteWrite.take(ctx, sent, gone);
    return { result: taken, useful: taken.stored > 0 || taken.rejected === 0 };
  });
  if (version === 2)
    reply.headers({
      'x-prometheus-remote-write-samples-written': String(tally.stored - tally.histograms),
      'x-prometheus-remote-write-histograms-written': String(tally.histograms),
      'x-prometheus-remote-write-exemplars-written': '0',
    });
  if (tally.rejected > 0) throw refused(tally);
  return undefined;
}

/** Errors: unsupported_media_type. */
function requireVersion(contentType: string | undefined): WriteVersion {
  const version = writeVersionOf(contentType);
  if (version === undefined)
    throw new TiltmeterError(
      'unsupported_media_type',
      `remote write is application/x-protobuf, of prometheus.WriteRequest or io.prometheus.write.v2.Request, not ${(contentType ?? 'without a content type').slice(0, 80)}`,
    );
  return version;
}

/** The protocol has it that a sender is told with 4xx when anything was refused, and that it does not send the same again. */
function refused(tally: TelemetryTally): TiltmeterError {
  const [code] = tally.refused.keys();
  return new TiltmeterError(
    code!,
    `${tally.stored} samples were stored, ${tally.rejected} were not: ${tally.told()}`,
  );
}
