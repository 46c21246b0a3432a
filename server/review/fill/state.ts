import type { Ctx } from '../../context.ts';
import { readLabels } from '../../events/predictions/read-labels.ts';

const DAY = 86_400_000;
/** Models that one statement asks for. */
const MODELS = 5_000;

type Stores = Pick<Ctx, 'ledger'>;

/** Event time up to which a model was looked through; null before the first time. */
export async function filledTo(ctx: Stores, model: string): Promise<number | null> {
  return (await fills(ctx, [model])).get(model) ?? null;
}

/** The same of several models; those that never were are absent. */
export async function fills({ ledger }: Stores, models: readonly string[]): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  for (let i = 0; i < models.length; i += MODELS) {
    const rows = await ledger
      .selectFrom('review_fills')
      .selectAll()
      .where('model', 'in', models.slice(i, i + MODELS))
      .execute();
    for (const { model, filled_to } of rows) known.set(model, filled_to);
  }
  return known;
}

/** How many items may be added now: what is left of a day, and of what may be open. */
export async function room(
  { ledger, clock }: Pick<Ctx, 'ledger' | 'clock'>,
  model: string,
  { per_day, mostOpen }: { readonly per_day: number; readonly mostOpen: number },
): Promise<number> {
  const { open, lately } = await ledger
    .selectFrom('review_items')
    .select((eb) => [
      eb.fn.count<number>(eb.case().when('state', '=', 'open').then(1).end()).as('open'),
      eb.fn
        .count<number>(
          eb
            .case()
            .when('created_at', '>', clock() - DAY)
            .then(1)
            .end(),
        )
        .as('lately'),
    ])
    .where('model', '=', model)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('created_at', '>', clock() - DAY)]))
    .executeTakeFirstOrThrow();
  return Math.max(0, Math.min(per_day - Number(lately), mostOpen - Number(open)));
}

/** Ids of predictions of this event time and later that are in the queue, or were; the newest 5,000. */
export async function predictionsSince({ ledger }: Stores, model: string, from: number): Promise<string[]> {
  const rows = await ledger
    .selectFrom('review_items')
    .select('prediction')
    .where('model', '=', model)
    .where('time', '>=', from)
    // Nothing is put in before it was made; this one has an index.
    .where('created_at', '>=', from)
    .orderBy('time', 'desc')
    .limit(5_000)
    .execute();
  return [...new Set(rows.map(({ prediction }) => prediction))];
}

/** Those of these predictions that a person labelled. */
export async function labelledByPeople(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const labels = await readLabels(ctx, model, ids);
  return new Set([...labels].flatMap(([id, { human }]) => (Number(human) === 1 ? [id] : [])));
}
