import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { post, shortened } from '../wire/post.ts';
import type { ChannelKind } from './channel.ts';

const Options = z
  .object({
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Address'),
    secret: z.string().min(8).max(256).optional().describe('Secret that signs it, if any'),
  })
  .strict();

/** POSTs JSON; any 2xx is success. Redirects are not followed. The payload is described in docs/channels/webhook.md. */
export const webhook: ChannelKind<z.infer<typeof Options>> = {
  id: 'webhook',
  title: 'Webhook',
  options: Options,
  secrets: ['secret'],
  tellsReports: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  async deliver(context, { address, secret }, { idempotencyKey, event, body }) {
    const timestamp = String(context.clock());
    await post(context, address, body, {
      'idempotency-key': idempotencyKey,
      'x-tiltmeter-event': event,
      'x-tiltmeter-timestamp': timestamp,
      ...(secret ? { 'x-tiltmeter-signature': signature(secret, timestamp, body) } : {}),
    });
  },
};

/**
 * `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>`: what a receiver computes to know who sent it.
 * `signature('secret', '1', '{}')` → 'sha256=…'
 */
export function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
