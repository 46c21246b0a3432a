import { z } from 'zod';
import { ChangeEffects, Model, ModelChange } from '../../contract/model.ts';
import { ServerPrivacy } from '../../contract/privacy.ts';
import { getModel } from '../fleet/get-model.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { getServerPrivacy, setServerPrivacy } from '../models/privacy/rules.ts';
import { changeSettings } from './change-model.ts';
import { previewChange } from './effects.ts';
import { mergeModel } from './merge-model.ts';
import { removeColumn } from './remove-column.ts';
import { removeModel } from './remove-model.ts';

const params = z.object({ model: z.string() });
const Confirmed = z.object({ confirm: z.string().max(256) });

export const settingsRoutes = (schemas: Schemas): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/privacy',
    summary:
      'What becomes of values of all models before they are stored, also of models that do not exist yet',
    tag: 'models',
    access: 'read',
    reply: ServerPrivacy,
    handle: (ctx) => getServerPrivacy(ctx),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/privacy',
    summary: 'Set what becomes of values of all models before they are stored',
    tag: 'models',
    access: 'admin',
    body: ServerPrivacy,
    reply: ServerPrivacy,
    handle: (ctx, { body }) => setServerPrivacy(ctx, schemas.protections, body),
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/models/:model',
    summary: 'Change what is configured for a model',
    tag: 'models',
    access: 'write',
    params,
    bodyLimit: LARGE_BODY,
    body: ModelChange,
    reply: Model,
    async handle(ctx, { params, body }) {
      await changeSettings(ctx, schemas, params.model, body);
      return getModel(ctx, params.model);
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/effects',
    summary: 'What a change of settings would do; nothing is changed',
    tag: 'models',
    access: 'read',
    params,
    bodyLimit: LARGE_BODY,
    body: ModelChange,
    reply: ChangeEffects,
    handle: (ctx, { params, body }) => previewChange(ctx, params.model, body),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/models/:model',
    summary: 'Remove a model with everything that is stored of it; confirm repeats its id',
    tag: 'models',
    access: 'admin',
    params,
    query: Confirmed,
    handle: (ctx, { params, query }) => removeModel(ctx, schemas, params.model, query.confirm),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models/:model/merge',
    summary: 'Move what was sent to a model to another one, and remove it; confirm repeats its id',
    tag: 'models',
    access: 'admin',
    params,
    body: Confirmed.extend({ into: z.string().max(256) }).strict(),
    handle: (ctx, { params, body }) => mergeModel(ctx, schemas, { model: params.model, ...body }),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/models/:model/columns/:column',
    summary: 'Remove a column with its values; confirm repeats its name',
    tag: 'models',
    access: 'admin',
    params: params.extend({ column: z.string() }),
    query: Confirmed,
    handle: (ctx, { params, query }) => removeColumn(ctx, schemas, { ...params, ...query }),
  }),
];
