import { z } from 'zod';
import { PrintableName } from './name.ts';
import { Zone } from './zone.ts';

/** Somebody who takes turns, and the channel that reaches them. */
const RotaPerson = z
  .object({ name: PrintableName, channel: z.string().max(64).nullable().default(null) })
  .strict();

/** Who is on call, one after the other. */
export const NewRota = z
  .object({
    name: PrintableName,
    zone: Zone,
    /** How long a turn is. */
    turn: z.enum(['day', 'week']).default('week'),
    /** The day of the first handover: weekly turns change on that day of the week. */
    starts_on: z.iso.date(),
    /** When turns change, by the clocks of the zone. */
    handover: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00')
      .default('09:00'),
    /** In the order of their turns. */
    people: z.array(RotaPerson).min(1).max(100),
  })
  .strict();
export type NewRota = z.infer<typeof NewRota>;

export const RotaTurn = z.object({
  name: z.string(),
  channel: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  /** Why nobody can be told, in a sentence; null when they can. */
  unreachable: z.string().nullable(),
});

export const Rota = NewRota.extend({
  id: z.string(),
  /** Who is on call now; null before the first handover. */
  now: RotaTurn.nullable(),
  /** Whose turn comes next. */
  next: RotaTurn,
});
export type Rota = z.infer<typeof Rota>;

/** Whose turns would come next: what a rota means before it is kept. */
export const RotaPreview = z.object({ turns: z.array(RotaTurn) });
export type RotaPreview = z.infer<typeof RotaPreview>;
