import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { profileHead } from '../heads/read-heads.ts';
import { readProfiles } from '../read/read-profiles.ts';
import { storeReference } from './store-reference.ts';

const DAY = 86_400_000;

/** A bucket with predictions, by its start in epoch milliseconds. */
export interface Volume {
  readonly time: number;
  readonly n: number;
}

/** What is enough for the first reference where there is a lot of traffic: both of them. */
export const ENOUGH = { rows: 1000, ms: DAY } as const;

/**
 * The window that becomes a model's first reference: from its first bucket until there are 1,000 predictions over at
 * least a day, or 200 over at least a week. The newest bucket may still fill and is left out. Null while there is not
 * enough. `volumes` ascending. `automaticWindow([], 3_600_000)` → null
 */
export function automaticWindow(
  volumes: readonly Volume[],
  bucketMs: number,
): { from: number; to: number } | null {
  const from = volumes[0]?.time;
  if (from === undefined) return null;
  let n = 0;
  for (const volume of volumes.slice(0, -1)) {
    n += volume.n;
    const to = volume.time + bucketMs;
    if ((n >= ENOUGH.rows && to - from >= ENOUGH.ms) || (n >= 200 && to - from >= 7 * DAY))
      return { from, to };
  }
  return null;
}

/** Fewer predictions are never enough. */
const LEAST = 200;

/** The window by what the model's profiles hold, read from its first bucket on in stretches that double: no further than is needed. */
async function firstWindow(ctx: Ctx, model: ModelRow): Promise<{ from: number; to: number } | null> {
  const head = await profileHead(ctx, model.id);
  if (head === undefined || head.first === null || head.last === null || head.predictions < LEAST)
    return null;
  const { first, last } = head;
  for (let span = 8 * DAY; ; span *= 2) {
    const to = Math.min(first + span, last + model.bucket_ms);
    const points = await readProfiles(
      ctx,
      { model: model.id, columns: ['_all'], from: first, to },
      { step: model.bucket_ms },
    );
    const volumes = points.map(({ time, profile }) => ({ time, n: profile.n }));
    const window = automaticWindow(volumes, model.bucket_ms);
    if (window !== null || to > last) return window;
  }
}

/** Gives a model that has no reference its automatic one, once there is enough to go by. True when it did. */
export async function adoptAutomaticReference(ctx: Ctx, model: ModelRow): Promise<boolean> {
  if (model.reference_id !== null) return false;
  const window = await firstWindow(ctx, model);
  if (window === null) return false;
  const id = ctx.ids.id();
  const days = Math.round((window.to - window.from) / DAY);
  const name = days === 1 ? 'First day' : `First ${days} days`;
  const taken = await ctx.ledger
    .selectFrom('references')
    .select('id')
    .where('model', '=', model.id)
    .where('name', '=', name)
    .executeTakeFirst();
  await storeReference(
    ctx,
    {
      id,
      model: model.id,
      name: taken === undefined ? name : `${name} (${id})`,
      kind: 'automatic',
      options: window,
    },
    'when_none',
  );
  return true;
}
