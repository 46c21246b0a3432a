import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Change } from '../../../contract/change.ts';
import { ERRORS, type ErrorCode, TiltmeterError } from '../../../contract/errors.ts';
import { Label } from '../../../contract/label.ts';
import { Outcome } from '../../../contract/outcome.ts';
import { Prediction } from '../../../contract/prediction.ts';
import { Receipt } from '../../../contract/receipt.ts';
import type { Ctx } from '../../context.ts';
import { type Route, route } from '../../http/route.ts';
import { sha256 } from '../idempotency.ts';
import type { EventKind, Ingest } from '../ingest.ts';
import { discard, readBody, tooLarge } from './body.ts';
import { type JsonFormat, parseBody } from './json.ts';

const LINES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonl',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/jsonstream',
]);

function door<T extends z.ZodType>(ingest: Ingest, kind: EventKind, event: T, summary: string): Route {
  return route({
    method: 'POST',
    path: `/api/v1/${kind}`,
    summary,
    tag: 'ingest',
    access: 'ingest',
    raw: true,
    body: z.union([event, z.array(event)]),
    reply: Receipt,
    handle: (ctx, { request, reply }) => receive(ctx, ingest, kind, request, reply),
  });
}

/** The ways in for events: one object, an array, or one object per line; plain, gzip or zstd. */
export function ingestRoutes(ingest: Ingest): readonly Route[] {
  return [
    door(ingest, 'predictions', Prediction, 'Store predictions; acknowledged after they are on disk'),
    door(ingest, 'labels', Label, 'Store the truth about predictions, whenever it becomes known'),
    door(ingest, 'outcomes', Outcome, 'Store business outcomes'),
    door(ingest, 'changes', Change, 'Store deployments and other changes'),
  ];
}

async function receive(
  ctx: Ctx,
  ingest: Ingest,
  kind: EventKind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Receipt> {
  const format = formatOf(request.headers['content-type']);
  const { limits } = ingest;
  const encoding = request.headers['content-encoding'];
  const length = Number(request.headers['content-length'] ?? 0);
  const source = (request.body ?? request.raw) as Readable;
  const reservation = ingest.reserve();
  try {
    if (length > limits.bodyBytes) {
      await discard(source, limits.bodyBytes);
      throw tooLarge(limits.bodyBytes);
    }
    const body = await readBody(source, encoding, limits.bodyBytes, reservation);
    const key = request.headers['idempotency-key'];
    const { events, escapes } = parseBody(body, format, limits.eventBytes);
    const receipt = await ingest.accept(ctx, kind, events, {
      escapes,
      ...(typeof key === 'string' ? { idempotencyKey: key, bodyHash: sha256(body) } : {}),
    });
    if (receipt.rejected_total === 0 || receipt.rejected_total < receipt.received) return receipt;
    reply.code(422);
    return { ...refused(receipt), ...receipt };
  } finally {
    reservation.release();
  }
}

/** Nothing of the request was stored: senders that look only at the status must see it. */
function refused(receipt: Receipt) {
  const { code, message } = receipt.rejected[0]!;
  return { error: { code, message, hint: ERRORS[code as ErrorCode].hint } };
}

function formatOf(contentType: string | undefined): JsonFormat {
  const [type = ''] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (LINES.has(type)) return 'ndjson';
  if (type === '' || type === 'application/json' || type.endsWith('+json')) return 'json';
  if (type === 'text/plain' || type === 'application/octet-stream' || type === 'text/json') return 'json';
  const curl =
    type === 'application/x-www-form-urlencoded' ? " (curl: add -H 'content-type: application/json')" : '';
  throw new TiltmeterError(
    'unsupported_media_type',
    `the content type ${type.slice(0, 80)} is not supported${curl}`,
  );
}
