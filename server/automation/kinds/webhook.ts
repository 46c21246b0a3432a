import { z } from 'zod';
import { signature } from '../../actions/channels/webhook.ts';
import { postAndRead, shortened } from '../../actions/wire/post.ts';
import { Address, linkOf, textOf } from './address.ts';
import type { ActionContext, ActionKind, Begun, Task } from './kind.ts';

const Options = z
  .object({
    address: Address.describe('Address'),
    secret: z.string().min(8).max(256).optional().describe('Secret that signs it, if any'),
  })
  .strict();
export type WebhookOptions = z.infer<typeof Options>;

/** Of kinds that are a webhook with a meaning of its own. */
export const WebhookOptions = Options;

/** POSTs the task; whoever gets it begins the training. docs/actions/webhook.md */
export const webhook: ActionKind<WebhookOptions> = {
  id: 'webhook',
  title: 'Retrain by a webhook',
  options: Options,
  secrets: ['secret'],
  repeatable: true,
  makesVersion: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  begin: (context, options, task) => postSigned(context, options, 'retrain', task),
};

/** POSTs JSON with what a receiver needs to know who sent it, and whether it has seen it. */
export async function postSigned(
  context: ActionContext,
  { address, secret }: WebhookOptions,
  event: string,
  task: Task & { readonly to?: string; readonly from?: string | null },
): Promise<Begun> {
  const timestamp = String(context.clock());
  const body = JSON.stringify({ event, ...task });
  const reply = await postAndRead(context, address, body, {
    'idempotency-key': task.run,
    'x-tiltmeter-event': event,
    'x-tiltmeter-timestamp': timestamp,
    ...(secret ? { 'x-tiltmeter-signature': signature(secret, timestamp, body) } : {}),
  });
  return { reference: textOf(reply, 'reference'), url: linkOf(reply, 'url') };
}
