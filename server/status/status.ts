import { z } from 'zod';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import type { Ingest } from '../events/ingest.ts';
import { VERSION } from '../version.ts';
import { probeStores } from './readiness.ts';

const StoreState = z.object({ state: z.enum(['ok', 'unavailable']), ms: z.number() });

export const Status = z.object({
  version: z.string(),
  started_at: z.string(),
  uptime_seconds: z.number(),
  memory_bytes: z.number(),
  lake: StoreState,
  ledger: StoreState,
  ingest: z.object({
    received: z.number(),
    stored: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
    queued_bytes: z.number(),
  }),
});

/** How this server is doing. */
export async function status(ctx: Ctx, ingest: Pick<Ingest, 'counters'>): Promise<z.infer<typeof Status>> {
  const { received, stored, duplicates, rejected, queuedBytes } = ingest.counters();
  const { startedAt } = ctx.settings;
  return {
    version: VERSION,
    started_at: rfc3339(startedAt),
    uptime_seconds: Math.max(0, Math.round((ctx.clock() - startedAt) / 1000)),
    memory_bytes: process.memoryUsage.rss(),
    ...(await probeStores(ctx)),
    ingest: { received, stored, duplicates, rejected, queued_bytes: queuedBytes },
  };
}
