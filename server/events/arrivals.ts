import type { Ctx } from '../context.ts';
import { modelIds } from '../models/list-ids.ts';
import type { ArrivalRow } from '../store/ledger/schema.ts';
import { AHEAD_MS, ANY, announce } from './write/announce.ts';

export type ArrivalKind = ArrivalRow['kind'];

/** For each model, up to which stamp there may be rows. */
export type Newest = ReadonlyMap<string, { readonly [K in ArrivalKind]?: number }>;

/**
 * Which models may have rows that were not read yet: those with `newest >= cursor`, to be read in `[cursor, visibleTo)`
 * with `visibleTo` of jobs/servers. No row of a model has a stamp above its `newest`, which is told before a batch is
 * stored, at most 10 s ahead of it; a model that is absent never got any, but for labels and outcomes that came before it (`newestOf`).
 * Example: `(await newestArrivals(ctx)).get('credit')` → { predictions: 1795168815000 }
 */
export async function newestArrivals(
  { ledger }: Pick<Ctx, 'ledger'>,
  models?: readonly string[],
): Promise<Newest> {
  let query = ledger.selectFrom('arrivals').selectAll();
  if (models !== undefined) query = query.where('model', 'in', [...models, ANY]);
  const newest = new Map<string, { [K in ArrivalKind]?: number }>();
  for (const row of models?.length === 0 ? [] : await query.execute()) {
    newest.set(row.model, { ...newest.get(row.model), [row.kind]: row.newest });
  }
  return newest;
}

/** A minute after a model was made every server knows it, and tells of what came for it by its name. */
const KNOWN_MS = 60_000;

/**
 * Up to which stamp a model may have labels, or outcomes, that were not read up to `readTo`; -1 where there are none. They
 * may have come before their model, without its name being told.
 */
export function newestOf(
  kind: 'labels' | 'outcomes',
  newest: Newest,
  { id, created_at }: { readonly id: string; readonly created_at: number },
  readTo: number,
): number {
  const own = newest.get(id)?.[kind] ?? -1;
  return readTo > created_at + KNOWN_MS ? own : Math.max(own, newest.get(ANY)?.[kind] ?? -1);
}

/**
 * What a server does before its first batch: it stamps above everything that was stored before, and says of every
 * model that there may be something to read, since rows may have come by other ways (a backup that was restored, a hand).
 */
export async function beginArrivals(ctx: Pick<Ctx, 'ledger' | 'stamps'>): Promise<void> {
  const { ledger, stamps } = ctx;
  const { highest } = await ledger
    .selectFrom('arrivals')
    .select((eb) => eb.fn.max('newest').as('highest'))
    .executeTakeFirstOrThrow();
  if (highest !== null) stamps.raise(highest - AHEAD_MS);
  const mark = stamps.mark();
  const models = await modelIds(ctx);
  await announce(
    ledger,
    models.flatMap((model): ArrivalRow[] => [
      { model, kind: 'predictions', newest: mark },
      { model, kind: 'labels', newest: mark },
      { model, kind: 'outcomes', newest: mark },
      { model, kind: 'profiles', newest: mark },
    ]),
  );
}
