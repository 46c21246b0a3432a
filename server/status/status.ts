import type { ShownTrouble, Status } from '../../contract/status.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import type { Ingest } from '../events/ingest.ts';
import { VERSION } from '../version.ts';
import { probeStores } from './readiness.ts';
import { ownTroubles, readTroubles } from './watch/concerns.ts';

/** How this server is doing. */
export async function status(ctx: Ctx, ingest: Pick<Ingest, 'counters' | 'knownIds'>): Promise<Status> {
  const { received, stored, duplicates, rejected, queuedBytes, droppedFeatures } = ingest.counters();
  const { count, bytes, since, short, filling } = ingest.knownIds();
  const { startedAt } = ctx.settings;
  const stores = await probeStores(ctx);
  return {
    version: VERSION,
    started_at: rfc3339(startedAt),
    uptime_seconds: Math.max(0, Math.round((ctx.clock() - startedAt) / 1000)),
    memory_bytes: process.memoryUsage.rss(),
    ...stores,
    ingest: {
      ...{ received, stored, duplicates, rejected },
      queued_bytes: queuedBytes,
      dropped_features: droppedFeatures,
    },
    known_ids: { count, bytes, since: rfc3339(Math.max(0, since)), short, filling },
    troubles: await shownTroubles(ctx, stores),
  };
}

/** Either store may be what is away: then there is nothing to tell from it. */
async function shownTroubles(
  ctx: Ctx,
  stores: Awaited<ReturnType<typeof probeStores>>,
): Promise<ShownTrouble[]> {
  const noted = await readTroubles(ctx).catch(() => []);
  const told = new Set(noted.map(({ kind }) => kind));
  const own = (await ownTroubles(ctx, stores)).filter(({ kind }) => kind === 'store' || !told.has(kind));
  return [...own, ...noted].map(({ kind, model, channel, since, sentence, hint }) => ({
    kind,
    model,
    channel,
    since: rfc3339(since),
    sentence,
    hint,
  }));
}
