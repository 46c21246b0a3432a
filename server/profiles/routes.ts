import type { Ingest } from '../events/ingest.ts';
import type { Route } from '../http/route.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { distributionRoutes } from './distribution/routes.ts';
import { overviewRoutes } from './overview/routes.ts';
import { referenceRoutes } from './references/routes.ts';
import { sentRoutes } from './sent/routes.ts';

export function profileRoutes(ingest: Ingest, schemas: Schemas): readonly Route[] {
  return [
    ...referenceRoutes(ingest, schemas),
    ...distributionRoutes,
    ...overviewRoutes,
    ...sentRoutes(schemas),
  ];
}
