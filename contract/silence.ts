import { z } from 'zod';
import { Priority } from './incident.ts';
import { TimeInput, Timestamp } from './time.ts';
import { WeekHours } from './week-hours.ts';

/** What of an incident a matcher looks at. `cause`: the likeliest that was named. */
export const MatcherField = z.enum(['model', 'owner', 'priority', 'cause']);

/** `=`: one of the incident's is it; `!=`: none is. In `value` a `*` stands for any characters. */
export const Matcher = z
  .object({ field: MatcherField, op: z.enum(['=', '!=']).default('='), value: z.string().min(1).max(256) })
  .strict();
export type Matcher = z.infer<typeof Matcher>;

const Matchers = z.array(Matcher).max(20);

/** People are not told of incidents that it holds for. All matchers must hold; without any it holds for all. */
export const NewSilence = z
  .object({
    kind: z.enum(['silence', 'maintenance']).default('silence'),
    matchers: Matchers,
    starts_at: TimeInput.optional(),
    ends_at: TimeInput,
    /** Within that time only in these hours of each week: a maintenance window. */
    hours: WeekHours.nullable().default(null),
    /** Why: for those who wonder. */
    comment: z.string().trim().min(1).max(1024),
    /** Said a second time, on purpose: it may hold for every incident. */
    everything: z.boolean().default(false),
  })
  .strict();
export type NewSilence = z.infer<typeof NewSilence>;

export const Silence = z.object({
  id: z.string(),
  kind: z.enum(['silence', 'maintenance']),
  matchers: Matchers,
  starts_at: Timestamp,
  ends_at: Timestamp,
  hours: WeekHours.nullable(),
  comment: z.string(),
  created_by: z.string(),
  /** `resting`: within its time, outside its hours. */
  state: z.enum(['coming', 'active', 'resting', 'over']),
  /** Incidents that go on and of which nobody is told since it holds for them. */
  silenced: z.number(),
});
export type Silence = z.infer<typeof Silence>;

export const SilenceQuestion = z
  .object({ matchers: Matchers, days: z.number().int().min(1).max(90).default(30) })
  .strict();
export type SilenceQuestion = z.infer<typeof SilenceQuestion>;

/** What a silence would have kept from people. */
export const SilencePreview = z.object({
  days: z.number(),
  /** Incidents of these days, at most the newest 2,000, and those that it holds for. */
  incidents: z.number(),
  silenced: z.number(),
  /** Of these, those that go on. */
  going_on: z.number(),
  /** Messages to all channels that would not have been sent. */
  messages: z.number(),
  by_priority: z.object({ P1: z.number(), P2: z.number(), P3: z.number() }),
  /** It holds for every incident there can be. */
  everything: z.boolean(),
  examples: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      priority: Priority,
      model_names: z.array(z.string()),
      opened_at: z.string(),
    }),
  ),
});
export type SilencePreview = z.infer<typeof SilencePreview>;
