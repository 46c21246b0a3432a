import type { Ctx } from '../../context.ts';
import type { ChannelRow, OutboxRow } from '../../store/ledger/schema.ts';
import { type ChannelKind, DeliveryError } from '../channels/channel.ts';
import { openOptions } from '../sealed-options.ts';

const TIMEOUT_MS = 10_000;

/** What became of one try; `retry`: trying again may help. */
export type Sent =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly retry: boolean; readonly error: string };

/** One try of one message. It asks nothing but the channel, so that a failure is always the channel's own. */
export async function send(
  ctx: Pick<Ctx, 'clock' | 'settings' | 'vault'>,
  channel: ChannelRow | undefined,
  kinds: Readonly<Record<string, ChannelKind>>,
  row: OutboxRow,
): Promise<Sent> {
  if (channel === undefined) return refused('the channel was removed');
  const kind = kinds[channel.kind];
  if (kind === undefined) return refused(`this version knows no channel of the kind ${channel.kind}`);
  const options = kind.options.safeParse(openOptions(ctx.vault, channel));
  if (!options.success) return refused(`the channel's options cannot be read: ${options.error.message}`);
  const { allowPrivateAddresses } = ctx.settings;
  try {
    await kind.deliver({ clock: ctx.clock, allowPrivateAddresses, timeoutMs: TIMEOUT_MS }, options.data, {
      idempotencyKey: row.id,
      event: row.event,
      body: row.payload,
    });
    return { delivered: true };
  } catch (error) {
    return {
      delivered: false,
      retry: error instanceof DeliveryError ? error.retry : true,
      error: error instanceof Error ? error.message : String(error),
    };
  }
}

const refused = (error: string): Sent => ({ delivered: false, retry: false, error });
