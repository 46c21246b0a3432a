import { enqueue } from './actions/outbox.ts';
import { actionRoutes } from './actions/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { eventRoutes } from './events/routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { modelRoutes } from './fleet/routes.ts';
import { monitorRoutes } from './monitors/routes.ts';
import { profileRoutes } from './profiles/routes.ts';
import { statusRoutes } from './status/routes.ts';
import { userRoutes } from './users/routes.ts';
import { ingestRoutes } from './events/doors/routes.ts';
import type { Route } from './http/route.ts';

/** Every address of the API. A new area adds its line here. */
export const ROUTES: readonly Route[] = [
  ...statusRoutes,
  ...userRoutes,
  ...keyRoutes,
  ...auditRoutes,
  ...ingestRoutes,
  ...modelRoutes,
  ...eventRoutes,
  ...profileRoutes,
  ...monitorRoutes,
  ...incidentRoutes(enqueue),
  ...actionRoutes,
];
