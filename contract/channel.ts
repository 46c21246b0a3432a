import { z } from 'zod';

/** What a channel is told of: every incident, or each hour where the audit log ends, for whoever notes it elsewhere. */
export const ChannelTells = z.enum(['incidents', 'audit_head']);

export const Channel = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['webhook']),
  address: z.string(),
  enabled: z.boolean(),
  tells: ChannelTells,
  /** Messages that wait, and messages that were given up. */
  waiting: z.number(),
  failed: z.number(),
  created_at: z.string(),
});
export type Channel = z.infer<typeof Channel>;

/** `secret` signs deliveries (HMAC-SHA256 in the header x-tiltmeter-signature) and is never returned. */
export const NewChannel = z
  .object({
    name: z.string().min(1).max(128),
    kind: z.literal('webhook').default('webhook'),
    address: z.url().max(2048),
    secret: z.string().min(8).max(256).optional(),
    tells: ChannelTells.default('incidents'),
  })
  .strict();
export type NewChannel = z.infer<typeof NewChannel>;

export const Delivery = z.object({
  id: z.string(),
  channel: z.string(),
  incident: z.string(),
  /** Place among the messages of this channel and incident: they are sent in this order. */
  sequence: z.number(),
  event: z.string(),
  /** `failed`: given up, and sent again only by hand. */
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number(),
  next_at: z.string(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
