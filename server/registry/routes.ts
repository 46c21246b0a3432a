import { z } from 'zod';
import { ModelName } from '../../contract/name.ts';
import { pageOf } from '../../contract/page.ts';
import { KnownVersion, Registered, Registration } from '../../contract/registry.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { listRegistered } from './list-registered.ts';
import { registerModel } from './register.ts';

const path = '/api/v1/models/:model/registered-versions';

/** What registries say of models. */
export const registryRoutes = (schemas: Schemas): readonly Route[] => [
  route({
    method: 'GET',
    path,
    summary: 'The versions of a model that a registry has: aliases, stages, what training measured',
    tag: 'models',
    access: 'read',
    params: z.object({ model: z.string() }),
    reply: pageOf(KnownVersion),
    handle: (ctx, { params }) => listRegistered(ctx, params.model),
  }),
  route({
    method: 'PUT',
    path,
    summary:
      'Say what a registry has of a model: its versions, and the columns of its signature. Makes the model where there is none',
    tag: 'models',
    access: 'write',
    bodyLimit: LARGE_BODY,
    params: z.object({ model: ModelName }),
    body: Registration,
    reply: Registered,
    handle: (ctx, { params, body }) => registerModel(ctx, schemas, params.model, body),
  }),
];
