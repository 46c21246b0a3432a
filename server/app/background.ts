import { Resolver } from 'node:dns/promises';
import { releaseAll } from '../actions/outbox/claim.ts';
import { createDeliveries, type Deliveries } from '../actions/outbox/deliveries.ts';
import type { Flags } from '../automation/quarantine/flags.ts';
import type { Ctx } from '../context.ts';
import type { Ingest } from '../events/ingest.ts';
import { createJobRunner, type JobRunner } from '../jobs/runner.ts';
import type { Servers } from '../jobs/servers.ts';
import { createJobs } from '../jobs.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { modelIds } from '../models/list-ids.ts';
import { inBackground } from '../store/lake/background.ts';
import type { ConfigFile } from '../telemetry/scrape/config-file.ts';
import { Discovery } from '../telemetry/scrape/discovery/discovery.ts';
import { Scraper } from '../telemetry/scrape/scraper.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { AppOptions } from './options.ts';

export interface BackgroundNeeds {
  readonly ingest: Ingest;
  readonly schemas: Schemas;
  readonly servers: Servers;
  readonly flags: Flags;
  readonly telemetry: Telemetry;
  /** What says what is scraped. */
  readonly scrapeFile: ConfigFile | undefined;
  /** For how many milliseconds a request has been waiting, so that all this makes way; 0 when none does. */
  waitedMs(): number;
}

/** What runs by itself, the jobs and the deliveries, unless the options say that it does not; `opening` ends it. */
export async function startBackground(
  ctx: Ctx,
  options: AppOptions,
  { ingest, schemas, servers, flags, telemetry, scrapeFile, waitedMs }: BackgroundNeeds,
  opening: AsyncDisposableStack,
): Promise<{ readonly jobs: JobRunner; readonly deliveries: Deliveries }> {
  const scraper = scrapeFile && scraperOf(ctx, options, scrapeFile, telemetry);
  if (scraper !== undefined) opening.defer(() => scraper.stop());
  const jobs: JobRunner = createJobRunner(
    { ...ctx, lake: inBackground(ctx.lake) },
    createJobs((name) => jobs.wake(name), { ingest, schemas, flags, scraper, mlflow: options.mlflow }),
    { servers, models: () => modelIds(ctx), waitedMs },
  );
  opening.defer(() => jobs.stop());
  const deliveries = createDeliveries(ctx);
  if (options.ledgerUrl === undefined) await releaseAll(ctx);
  opening.defer(() => deliveries.stop());
  if (options.jobs ?? true) {
    jobs.start();
    deliveries.start();
  }
  return { jobs, deliveries };
}

function scraperOf(
  { settings }: Ctx,
  { scrapePrivateAddresses = false }: AppOptions,
  file: ConfigFile,
  { remoteWrite }: Telemetry,
): Scraper {
  const allowPrivateAddresses = settings.allowPrivateAddresses || scrapePrivateAddresses;
  const discovery = new Discovery(new Resolver({ timeout: 5_000, tries: 2 }));
  return new Scraper({ file, discovery, intake: remoteWrite, allowPrivateAddresses });
}
