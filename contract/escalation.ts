import { z } from 'zod';
import { ChannelOnly } from './channel.ts';
import { PrintableName } from './name.ts';

/** Who is told: a channel, whoever is on call, the channels of the owners of the models, or those that another escalation tells. */
export const EscalationTarget = z.union([
  z.object({ channel: z.string().max(64) }).strict(),
  z.object({ rota: z.string().max(64) }).strict(),
  z.object({ owners: z.literal(true) }).strict(),
  z.object({ escalation: z.string().max(64) }).strict(),
]);
export type EscalationTarget = z.infer<typeof EscalationTarget>;

const EscalationStep = z
  .object({
    /** Minutes without an acknowledgement since the step before, or since it opened. */
    after_minutes: z
      .number()
      .int()
      .min(0)
      .max(7 * 24 * 60),
    to: z.array(EscalationTarget).min(1).max(20),
  })
  .strict();
export type EscalationStep = z.infer<typeof EscalationStep>;

/** Who is told further when nobody acknowledges an incident. The first that an incident fits, by name, is its own. */
export const NewEscalation = z
  .object({
    name: PrintableName,
    only: ChannelOnly.prefault({}),
    steps: z.array(EscalationStep).min(1).max(10),
  })
  .strict();
export type NewEscalation = z.infer<typeof NewEscalation>;

export const Escalation = NewEscalation.extend({
  id: z.string(),
  /** What is wrong with it as things are, a sentence each: somebody who has no channel, a channel that is switched off. */
  troubles: z.array(z.string()),
});
export type Escalation = z.infer<typeof Escalation>;
