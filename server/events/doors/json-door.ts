import { z } from 'zod';
import { ERRORS, type ErrorCode, TiltmeterError } from '../../../contract/errors.ts';
import { Receipt } from '../../../contract/receipt.ts';
import { EVENT_KINDS, type EventKind } from '../kinds/index.ts';
import type { Door } from './door.ts';
import { type JsonFormat, parseBody } from './json.ts';

/** Tiltmeter's own way in for events of one kind: one object, an array, or one object per line; answered with a receipt. */
export function jsonDoor(kind: EventKind): Door {
  const { summary, schema } = EVENT_KINDS[kind];
  return {
    path: `/api/v1/${kind}`,
    summary,
    body: z.union([schema, z.array(schema)]),
    reply: Receipt,
    read: ({ body, contentType, limits }) => [{ kind, ...parseBody(body, formatOf(contentType), limits) }],
    answer(receipt) {
      const nothing = receipt.rejected_total > 0 && receipt.rejected_total === receipt.received;
      return nothing
        ? { status: 422, body: { ...refused(receipt), ...receipt } }
        : { status: 200, body: receipt };
    },
  };
}

/** Nothing of the request was stored: senders that look only at the status must see it. */
function refused(receipt: Receipt) {
  const { code, message } = receipt.rejected[0]!;
  return { error: { code, message, hint: ERRORS[code as ErrorCode].hint } };
}

const LINES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonl',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/jsonstream',
]);

/** Errors: unsupported_media_type. */
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
