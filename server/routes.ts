import { onCallRoutes } from './actions/on-call-routes.ts';
import { enqueue } from './actions/outbox/enqueue.ts';
import { actionRoutes } from './actions/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import type { Flags } from './automation/quarantine/flags.ts';
import { automationRoutes } from './automation/routes.ts';
import { digestRoutes } from './digests/routes.ts';
import { drillRoutes } from './drills/routes.ts';
import { ingestRoutes } from './events/doors/routes.ts';
import type { Ingest } from './events/ingest.ts';
import { eventRoutes } from './events/routes.ts';
import { fleetRoutes } from './fleet/routes.ts';
import { heartbeatRoutes } from './heartbeats/routes.ts';
import type { Route } from './http/route.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { linkRoutes } from './links/routes.ts';
import type { Schemas } from './models/columns/schemas.ts';
import { monitorRoutes } from './monitors/routes.ts';
import { LABELS_BESIDE } from './profiles/labels/labelled-ids.ts';
import { profileRoutes } from './profiles/routes.ts';
import { registryRoutes } from './registry/routes.ts';
import { reviewRoutes } from './review/routes.ts';
import { holdRoutes } from './settings/hold-routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { subjectRoutes } from './settings/subject-routes.ts';
import { storageRoutes } from './status/retention/routes.ts';
import { statusRoutes } from './status/routes.ts';
import { telemetryRoutes } from './telemetry/routes.ts';
import type { ConfigFile } from './telemetry/scrape/config-file.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import { uploadRoutes } from './uploads/routes.ts';
import type { Uploads } from './uploads/uploads.ts';
import { userRoutes } from './users/routes.ts';

export interface Services {
  readonly ingest: Ingest;
  readonly telemetry: Telemetry;
  /** What says what is scraped; nothing is when absent. */
  readonly scrapeFile?: ConfigFile | undefined;
  readonly schemas: Schemas;
  readonly uploads: Uploads;
  readonly flags: Flags;
  /** Refused requests since the start, by code; none when absent. */
  readonly refused?: () => ReadonlyMap<string, number>;
}

/** Every address of the API. A new area adds its line here. */
export function routes({
  ingest,
  telemetry,
  scrapeFile,
  schemas,
  uploads,
  flags,
  refused = () => new Map(),
}: Services): readonly Route[] {
  return [
    ...statusRoutes({ ingest, telemetry, refused }),
    ...storageRoutes,
    ...userRoutes,
    ...keyRoutes,
    ...auditRoutes,
    ...ingestRoutes(ingest),
    ...telemetryRoutes(ingest, telemetry, scrapeFile),
    ...fleetRoutes(schemas),
    ...settingsRoutes(schemas),
    ...subjectRoutes(schemas.protections),
    ...holdRoutes(schemas.protections),
    ...uploadRoutes(uploads, ingest, schemas),
    ...registryRoutes(schemas),
    ...eventRoutes(ingest, LABELS_BESIDE),
    ...profileRoutes(ingest, schemas),
    ...reviewRoutes(ingest),
    ...monitorRoutes,
    ...incidentRoutes(enqueue),
    ...heartbeatRoutes(),
    ...actionRoutes,
    ...onCallRoutes,
    ...digestRoutes,
    ...linkRoutes,
    ...automationRoutes(flags),
    ...drillRoutes,
  ];
}
