import { z } from 'zod';
import { Priority } from './incident.ts';
import { PrintableName } from './name.ts';
import { WeekHours } from './week-hours.ts';

/** What a channel is told of: every incident, nothing but the digests that it gets, or each hour where the audit log ends, for whoever notes it elsewhere. */
export const ChannelTells = z.enum(['incidents', 'digests', 'audit_head']);

/** Which incidents a channel is told of; what is empty, or null, leaves none out. */
export const ChannelOnly = z
  .object({
    /** This priority and more urgent ones; an incident that is raised to it is told then. */
    priority: Priority.nullable().default(null),
    /** Ids of models: one of the incident's is enough. */
    models: z.array(z.string().max(256)).max(1000).default([]),
    /** Owners, as the settings of models have them. */
    owners: z.array(z.string().max(256)).max(100).default([]),
    /** Kinds of cause: the likeliest of the incident is one of them. */
    causes: z.array(z.string().max(64)).max(64).default([]),
  })
  .strict();
export type ChannelOnly = z.infer<typeof ChannelOnly>;

/** One line: what options hold becomes headers of requests and mails. */
const line = z.string().regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be one line without control characters');
/** Hours in which a channel is left alone: what comes meanwhile is sent when they end, in order. */
export const QuietHours = z
  .object({
    hours: WeekHours,
    /** This priority and more urgent ones are told all the same; null: none is. */
    except: Priority.nullable().default('P1'),
  })
  .strict();
export type QuietHours = z.infer<typeof QuietHours>;

/** How many messages a channel gets in an hour; those beyond wait for the next, but for P1. */
const PerHour = z.number().int().min(1).max(10_000);

/** What a kind of channel takes, by name; its schema is in GET /api/v1/channel-kinds. */
export const ChannelOptions = z.record(z.string().max(64), z.union([line.max(4096), z.number()]));

/** Id of a kind of channel, as in GET /api/v1/channel-kinds. */
const ChannelKindId = z.string().max(64);

/** A way to reach people, as the table of kinds tells it. */
export const ChannelKindShown = z.object({
  id: ChannelKindId,
  title: z.string(),
  /** JSON Schema of `options`; the description of a field is its label. */
  options: z.record(z.string(), z.unknown()),
  /** Fields that are never shown again. */
  secrets: z.array(z.string()),
  tells: z.array(ChannelTells),
});
export type ChannelKindShown = z.infer<typeof ChannelKindShown>;

export const Channel = z.object({
  id: z.string(),
  name: z.string(),
  kind: ChannelKindId,
  /** Where it goes, enough to recognise it; no secret. */
  address: z.string(),
  enabled: z.boolean(),
  tells: ChannelTells,
  only: ChannelOnly,
  quiet: QuietHours.nullable(),
  per_hour: z.number().nullable(),
  /** Messages that wait, and messages that were given up. */
  waiting: z.number(),
  failed: z.number(),
  created_at: z.string(),
});
export type Channel = z.infer<typeof Channel>;

/** Secrets among the options are sealed with the secret key and never returned. */
export const NewChannel = z
  .object({
    name: PrintableName,
    kind: ChannelKindId.default('webhook'),
    options: ChannelOptions.default({}),
    /** The same as in `options`. */
    address: line.max(2048).optional(),
    secret: line.max(256).optional(),
    tells: ChannelTells.default('incidents'),
    only: ChannelOnly.prefault({}),
    quiet: QuietHours.nullable().default(null),
    per_hour: PerHour.nullable().default(null),
  })
  .strict();
export type NewChannel = z.infer<typeof NewChannel>;

export const ChannelChange = z
  .object({
    name: NewChannel.shape.name,
    enabled: z.boolean(),
    only: ChannelOnly,
    quiet: QuietHours.nullable(),
    per_hour: PerHour.nullable(),
  })
  .partial()
  .strict();
export type ChannelChange = z.infer<typeof ChannelChange>;

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
  /** Left for later until then, by quiet hours or a limit; null: not. */
  held_until: z.string().nullable(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  delivered_at: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
