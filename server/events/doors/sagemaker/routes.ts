import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERRORS, type ErrorCode, TiltmeterError } from '../../../../contract/errors.ts';
import { ModelName } from '../../../../contract/name.ts';
import type { PayloadNames } from '../../../../contract/payload.ts';
import { Receipt } from '../../../../contract/receipt.ts';
import type { Ctx } from '../../../context.ts';
import { type Route, route } from '../../../http/route.ts';
import { modelRow } from '../../../models/find-model.ts';
import { payloadOf } from '../../../models/payload.ts';
import type { Ingest } from '../../ingest.ts';
import { type Found, isEvent, LOOKING } from '../../parsed-event.ts';
import { Tally } from '../../write/tally.ts';
import { requireRoom } from '../cloudevents/predictions.ts';
import { parseBody } from '../json.ts';
import { receive } from '../receive.ts';
import { capturedOf } from './capture.ts';

/** Files of SageMaker's data capture, as they lie in the bucket. */
export function captureRoutes(ingest: Ingest): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/sagemaker',
      summary: 'Store predictions, and labels of merged records, out of a file of SageMaker data capture',
      tag: 'ingest',
      access: 'ingest',
      raw: true,
      query: z.object({ model: ModelName }),
      body: z.record(z.string(), z.unknown()),
      reply: Receipt,
      handle: (ctx, { query, request, reply }) => take(ctx, ingest, query.model, { request, reply }),
    }),
  ];
}

async function take(
  ctx: Ctx,
  ingest: Ingest,
  model: string,
  asked: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<Receipt> {
  const receipt = await receive(ctx, ingest, asked, async (body, gone) => {
    const row = await modelRow(ctx, model);
    const names = (row && payloadOf(row)) ?? {};
    const tally = new Tally();
    const labels: Found[] = [];
    const { events, escapes } = parseBody(body, 'ndjson', ingest.limits);
    const accept = async (kind: 'predictions' | 'labels', found: Iterable<Found>) =>
      tally.addReceipt(await ingest.accept(ctx, kind, found, { escapes, gone }), (index) => index);
    await accept('predictions', predictionsIn(events, { model, names, most: ingest.limits.events, labels }));
    // What they are of is stored by then.
    if (labels.length > 0) await accept('labels', labels);
    return { result: tally.receipt(), useful: tally.stored + tally.duplicates > 0 };
  });
  if (receipt.rejected_total > 0 && receipt.rejected_total === receipt.received) {
    const { code, message } = receipt.rejected[0]!;
    asked.reply.code(422);
    return { error: { code, message, hint: ERRORS[code as ErrorCode].hint }, ...receipt } as Receipt;
  }
  return receipt;
}

interface Reading {
  readonly model: string;
  readonly names: PayloadNames;
  /** Predictions, or labels, that a file may bring. */
  readonly most: number;
  readonly labels: Found[];
}

/** The predictions of records, each record by itself; labels are put aside. */
function* predictionsIn(records: Iterable<Found>, { model, names, most, labels }: Reading): Generator<Found> {
  let rows = 0;
  for (const found of records) {
    if (!isEvent(found) || 'code' in found) {
      yield found;
      continue;
    }
    try {
      const captured = capturedOf(found.value, model, names);
      rows = requireRoom(rows + Math.max(captured.predictions.rows, captured.labels.length), most);
      for (const value of captured.labels) labels.push({ value });
      for (const value of captured.predictions.each) yield { value };
    } catch (error) {
      if (!(error instanceof TiltmeterError) || error.status >= 500) throw error;
      const code = error.code === 'event_too_large' ? error.code : 'invalid_payload';
      yield { code, message: error.message, raw: '' };
    }
    // To read a record takes a while, whatever comes of it.
    yield LOOKING;
  }
}
