import { ERRORS, type ErrorCode } from '../../../../contract/errors.ts';
import type { Rejection } from '../../../../contract/receipt.ts';
import type { Ctx } from '../../../context.ts';
import { PIECE_MS } from '../../../turns.ts';
import type { AcceptOptions, Ingest } from '../../ingest.ts';
import type { ParsedEvent } from '../../parsed-event.ts';
import { parseBody } from '../json.ts';
import { type Item, itemsOf } from './bulk.ts';
import { type Otherwise, recordOf } from './document.ts';

/** Of so many events a receipt names each that was refused. */
const TOGETHER = 100;

export interface BulkReply {
  readonly took: number;
  readonly errors: boolean;
  readonly items: object[];
}

/** Stores the documents of a bulk request as stage records; each has its own answer, in their order. Errors: empty_body, body_too_large, and those of `accept`. */
export async function takeBulk(
  ctx: Ctx,
  ingest: Ingest,
  body: Buffer,
  { model, stage, index, gone }: Otherwise & Pick<AcceptOptions, 'gone'>,
): Promise<{ readonly reply: BulkReply; readonly stored: number }> {
  const began = ctx.monotonic();
  const { events, escapes } = parseBody(body, 'ndjson', ingest.limits);
  const items: Item[] = [];
  let turn = began;
  for (const item of itemsOf(events)) {
    items.push(item);
    if (ctx.monotonic() - turn < PIECE_MS) continue;
    await ingest.turn(ctx.actor.id);
    turn = ctx.monotonic();
  }
  const pieces: Item[][] = [];
  for (let from = 0; from < items.length; from += TOGETHER) pieces.push(items.slice(from, from + TOGETHER));
  // Side by side: they wait for one insert together.
  const refused = await Promise.all(
    pieces.map(async (piece) => {
      const records = piece.map((item) => asRecord(item, { model, stage, index }));
      const { rejected } = await ingest.accept(ctx, 'stages', records, { escapes, gone: gone! });
      return new Map(rejected.map((one) => [one.index, one]));
    }),
  );
  const answers = items.map((item, i) =>
    answerOf(item, refused[Math.floor(i / TOGETHER)]!.get(i % TOGETHER), index),
  );
  const failed = refused.reduce((sum, each) => sum + each.size, 0);
  return {
    reply: { took: Math.round(ctx.monotonic() - began), errors: failed > 0, items: answers },
    stored: items.length - failed,
  };
}

function asRecord({ document, index }: Item, otherwise: Otherwise): ParsedEvent {
  if ('code' in document) return document;
  const value = recordOf(document.value, { ...otherwise, index: index ?? otherwise.index });
  return { value, ...(document.bytes === undefined ? {} : { bytes: document.bytes }) };
}

function answerOf(item: Item, refused: Rejection | undefined, index: string | undefined): object {
  const about = {
    _index: item.index ?? index ?? 'stages',
    ...(item.id === undefined ? {} : { _id: item.id }),
  };
  if (refused === undefined)
    return { [item.action]: { ...about, _version: 1, result: 'created', status: 201 } };
  const { code, message } = refused;
  const status = Math.max(400, Math.min(499, ERRORS[code as ErrorCode].status));
  return { [item.action]: { ...about, status, error: { type: code, reason: message } } };
}
