import { join } from 'node:path';
import type { Ctx } from '../context.ts';
import { beginArrivals } from '../events/arrivals.ts';
import { othersOf } from '../events/ids/others.ts';
import { createIngest, type Ingest } from '../events/ingest.ts';
import { DEFAULT_LIMITS } from '../events/limits.ts';
import { Schemas } from '../models/columns/schemas.ts';
import { type AppOptions, sharesLake } from './options.ts';

export interface WayIn {
  readonly ingest: Ingest;
  readonly schemas: Schemas;
}

/** What events come in by; `opening` closes it once everything that was accepted is stored. */
export async function openWayIn(
  ctx: Ctx,
  options: AppOptions,
  opening: AsyncDisposableStack,
): Promise<WayIn> {
  const { ledger, lake, vault, clock, monotonic, stamps, ids, log } = ctx;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const schemas = new Schemas({ lake, ledger, vault, clock, maxColumns: limits.columns });
  await beginArrivals(ctx);
  const ingest = await createIngest({
    ...{ schemas, ledger, lake, clock, monotonic, stamps, ids, log, limits },
    idsFolder: join(options.dataDir, 'known-ids'),
    others: sharesLake(options) ? othersOf(ctx) : undefined,
    sharedLedger: options.ledgerUrl !== undefined,
  });
  opening.defer(() => ingest.close());
  return { ingest, schemas };
}
