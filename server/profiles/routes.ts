import type { Route } from '../http/route.ts';
import { distributionRoutes } from './distribution/routes.ts';
import { referenceRoutes } from './references/routes.ts';

export const profileRoutes: readonly Route[] = [...referenceRoutes, ...distributionRoutes];
