import type { SilencePreview, SilenceQuestion } from '../../../contract/silence.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { recentIncidents } from '../../incidents/recent-incidents.ts';
import { allModels } from '../../models/find-model.ts';
import { matches, matchesEverything } from './matches.ts';

const DAY = 86_400_000;
const LOOKED_AT = 2_000;
const EXAMPLES = 10;
/** Of fewer incidents all may be meant. */
const TELLING = 5;

/** What a silence would have kept from people in the past days; nothing is stored. Errors: not_allowed. */
export async function previewSilence(ctx: Ctx, { matchers, days }: SilenceQuestion): Promise<SilencePreview> {
  authorise(ctx.actor, 'read');
  const recent = await recentIncidents(ctx, ctx.clock() - days * DAY, LOOKED_AT);
  const models = await allModels(ctx, [...new Set(recent.flatMap((each) => each.models))]);
  const owners = new Map(models.map(({ id, owner }) => [id, owner]));
  const names = new Map(models.map(({ id, name }) => [id, name ?? id]));
  const hit = recent.filter((each) =>
    matches(matchers, { ...each, owners: each.models.flatMap((model) => owners.get(model) ?? []) }),
  );
  const count = (priority: string) => hit.filter((each) => each.priority === priority).length;
  return {
    days,
    incidents: recent.length,
    silenced: hit.length,
    going_on: hit.filter(({ status }) => status !== 'resolved').length,
    messages: await messagesOf(
      ctx,
      hit.map(({ id }) => id),
    ),
    by_priority: { P1: count('P1'), P2: count('P2'), P3: count('P3') },
    everything: matchesEverything(matchers) || (recent.length >= TELLING && hit.length === recent.length),
    examples: hit.slice(0, EXAMPLES).map(({ id, title, priority, models, opened_at }) => ({
      ...{ id, title, priority },
      model_names: models.map((model) => names.get(model) ?? model),
      opened_at: rfc3339(opened_at),
    })),
  };
}

async function messagesOf({ ledger }: Pick<Ctx, 'ledger'>, incidents: readonly string[]): Promise<number> {
  if (incidents.length === 0) return 0;
  const { n } = await ledger
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('incident', 'in', [...incidents])
    .where('event', 'not in', ['resolved', 'test'])
    .executeTakeFirstOrThrow();
  return Number(n);
}
