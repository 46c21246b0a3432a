import { ERRORS, type ErrorCode, TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import { type Coming, receiveComing } from '../events/doors/receive.ts';
import type { Ingest } from '../events/ingest.ts';
import type { TelemetryKind } from './kinds/kind.ts';
import type { Encoding } from './otlp/answers.ts';
import type { Shortened } from './otlp/attributes.ts';
import { jsonRecords, parseRequest } from './otlp/json-records.ts';
import { countRecords, protobufRecords } from './otlp/protobuf-records.ts';
import type { Found } from './otlp/record.ts';
import type { TelemetryTally } from './tally.ts';
import type { Telemetry } from './telemetry.ts';

export interface OtlpRequest {
  readonly ingest: Ingest;
  readonly telemetry: Telemetry;
  readonly kind: TelemetryKind;
  readonly encoding: Encoding;
}

/** Reads a request of OTLP, by whatever it came, and stores what is good of it. Errors: those of `receiveComing` and of `recordsOf`, and the first refused record's where nothing was stored. */
export async function takeRequest(
  ctx: Ctx,
  { ingest, telemetry, kind, encoding }: OtlpRequest,
  coming: Coming,
): Promise<TelemetryTally> {
  const tally = await receiveComing(ctx, ingest, coming, async (body, gone) => {
    const read = recordsOf(body, encoding, kind, ingest.limits.events);
    const taken = await telemetry.otlp.take(ctx, kind, read, gone);
    return { result: taken, useful: taken.stored > 0 || taken.rejected === 0 };
  });
  if (tally.stored === 0 && tally.rejected > 0) throw nothingStored(tally.refused);
  return tally;
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
