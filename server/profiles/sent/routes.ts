import { z } from 'zod';
import { ProfilePlan } from '../../../contract/profile-plan.ts';
import { type Route, route } from '../../http/route.ts';
import type { Schemas } from '../../models/columns/schemas.ts';
import { profilePlan } from './profile-plan.ts';

export const sentRoutes = (schemas: Pick<Schemas, 'protections'>): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/models/:model/profile-plan',
    summary:
      'How an agent counts a model so that its profiles are added exactly: columns, their grids, buckets',
    tag: 'models',
    access: 'ingest',
    params: z.object({ model: z.string() }),
    reply: ProfilePlan,
    handle: (ctx, { params }) => profilePlan(ctx, schemas, params.model),
  }),
];
