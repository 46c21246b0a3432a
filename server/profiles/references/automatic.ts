import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { EVER, readProfiles } from '../read/read-profiles.ts';
import { storeReference } from './store-reference.ts';

const DAY = 86_400_000;

/** A bucket with predictions, by its start in epoch milliseconds. */
export interface Volume {
  readonly time: number;
  readonly n: number;
}

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
    if ((n >= 1000 && to - from >= DAY) || (n >= 200 && to - from >= 7 * DAY)) return { from, to };
  }
  return null;
}

/** Gives a model that has no reference its automatic one, once there is enough to go by. True when it did. */
export async function adoptAutomaticReference(ctx: Ctx, model: ModelRow): Promise<boolean> {
  if (model.reference_id !== null) return false;
  const points = await readProfiles(
    ctx,
    { model: model.id, columns: ['_all'], ...EVER },
    { step: model.bucket_ms },
  );
  const window = automaticWindow(
    points.map(({ time, profile }) => ({ time, n: profile.n })),
    model.bucket_ms,
  );
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
